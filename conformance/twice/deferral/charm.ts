// Deferred events: their order, what is deferred twice, and new events that are equal to waiting ones.

import {
  ActiveStatus,
  CharmBase,
  main,
  type ConfigChangedEvent,
  type Framework,
  type RelationChangedEvent,
} from '@charmed/ops';

class DeferralCharm extends CharmBase {
  readonly #stored = this.storedState({ log: [] as string[], ready: false });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.configChanged, this.#onConfigChangedToo);
    this.observe(this.on.relation('db').changed, this.#onDbChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onConfigChanged(event: ConfigChangedEvent): Promise<void> {
    await this.#note('config');
    if (!this.#stored.ready) event.defer();
  }

  async #onConfigChangedToo(): Promise<void> {
    await this.#note('too');
  }

  async #onDbChanged(event: RelationChangedEvent): Promise<void> {
    await this.#note(`db ${event.unit?.name ?? event.app.name}`);
    if (this.#stored.ready) return;
    event.defer();
    event.defer();
  }

  async #onUpdateStatus(): Promise<void> {
    await this.#note('update');
    this.#stored.ready = true;
  }

  async #note(word: string): Promise<void> {
    this.#stored.log.push(word);
    await this.unit.setStatus(new ActiveStatus(this.#stored.log.join(' ')));
  }
}

if (import.meta.main) await main(DeferralCharm);
