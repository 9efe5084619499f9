// What a charm with metadata may and may not write.

import type { ActionEvent } from '../events/action.ts';
import type { ConfigChangedEvent } from '../events/lifecycle.ts';
import type { PebbleReadyEvent } from '../events/workload.ts';
import { CharmBase, type CharmClass, type CharmFramework } from './charm-base.ts';
import type { OpsObject } from './ops-object.ts';

const meta = {
  name: 'web',
  requires: { db: { interface: 'postgresql_client' } },
  containers: { web: {} },
  config: { options: { port: { type: 'int', default: 8080 } } },
  actions: { backup: { params: { compress: { type: 'boolean', default: true } } } },
} as const;
type Meta = typeof meta;

class TypedBase extends CharmBase<Meta> {
  static readonly meta: Meta = meta;
}

class WebCharm extends TypedBase {
  #web = this.unit.container('web');
  #stored = this.storedState({ backups: 0, ready: false, names: [] as string[], nested: { on: false } });

  constructor(framework: CharmFramework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.container('web').pebbleReady, this.#onConfigChanged);
    this.observe(this.on.action('backup'), this.#onBackup);
    this.observe(this.on.relation('db').changed, this.#onConfigChanged);
    // @ts-expect-error: no such endpoint
    this.observe(this.on.relation('cache').changed, this.#onConfigChanged);
    // @ts-expect-error: no such action
    this.observe(this.on.action('restore'), this.#onBackup);
    // @ts-expect-error: the handler takes another event
    this.observe(this.on.configChanged, this.#onBackup);
    // @ts-expect-error: no such container
    this.unit.container('sidecar');
    // @ts-expect-error: a date cannot be stored
    this.storedState({ at: new Date() });
    // @ts-expect-error: nor can anything inside of which there is one
    this.storedState({ list: [new Map()] });
    // @ts-expect-error: undefined is not JSON
    this.storedState({ none: undefined });
  }

  async #onConfigChanged(_event: ConfigChangedEvent | PebbleReadyEvent | object): Promise<void> {
    const { port } = await this.config();
    port satisfies number;
    this.#stored.names.push(String(await this.#web.canConnect()));
  }

  async #onBackup(event: ActionEvent<Meta, 'backup'>): Promise<void> {
    event.params.compress satisfies boolean;
    // @ts-expect-error: no such parameter
    void event.params.level;
    this.#stored.backups += 1;
    this.#stored.ready = this.#stored.nested.on = true;
    // @ts-expect-error: a remote application's data is read-only
    await (await this.model.relation('db'))?.data((await this.model.relation('db'))!.app).set('a', 'b');
    await (await this.model.relation('db'))?.data(this.app).set('a', 'b');
    await (await this.model.relation('db'))?.data(this.unit).set('a', 'b');
  }
}

class UntypedCharm extends CharmBase {
  constructor(framework: CharmFramework) {
    super(framework);
    this.observe(this.on.action('anything'), this.#onAction);
  }

  async #onAction(event: ActionEvent): Promise<void> {
    await event.setResults({ value: String(event.params['value']) });
  }
}

export const charms: readonly CharmClass[] = [WebCharm, UntypedCharm];
export const asObject = (charm: WebCharm): OpsObject => charm;
