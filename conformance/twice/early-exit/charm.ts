// Configuration and parameters that do not fit end the dispatch early, without failing it and without keeping anything.

import {
  ActiveStatus,
  CharmBase,
  main,
  type ActionEvent,
  type CollectStatusEvent,
  type ConfigChangedEvent,
  type Framework,
  type StandardSchema,
} from '@charmed/ops';

class EarlyExitCharm extends CharmBase {
  readonly #stored = this.storedState({ changes: 0 });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.action('backup'), this.#onBackup);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #onConfigChanged(_event: ConfigChangedEvent): Promise<void> {
    this.#stored.changes += 1;
    const port = await this.loadConfig(
      numberAt('port', (value) => value >= 1024, 'port is below 1024'),
      { errors: 'blocked' },
    );
    await this.unit.setWorkloadVersion(`${this.#stored.changes} on ${port}`);
  }

  async #onBackup(event: ActionEvent): Promise<void> {
    this.#stored.changes += 1;
    const level = await event.loadParams(
      numberAt('level', (value) => value <= 9, 'level is above 9'),
      { errors: 'fail' },
    );
    await event.setResults({ level });
  }

  #onCollectStatus(event: CollectStatusEvent): void {
    event.addStatus(new ActiveStatus(`${this.#stored.changes} changes`));
  }
}

function numberAt(key: string, fits: (value: number) => boolean, message: string): StandardSchema<number> {
  return {
    '~standard': {
      version: 1,
      vendor: 'conformance',
      validate: (values) => {
        const value = Number((values as Readonly<Record<string, unknown>>)[key]);
        return fits(value) ? { value } : { issues: [{ message }] };
      },
    },
  };
}

if (import.meta.main) await main(EarlyExitCharm);
