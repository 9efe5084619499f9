// A charm with something of everything that needs no container.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase as Base,
  CustomEventBase,
  MaintenanceStatus,
  OpsObject,
  type ActionEvent,
  type AnyCharm,
  type CollectStatusEvent,
  type ConfigChangedEvent,
  type CustomEvents,
  type Framework,
  type RelationChangedEvent,
  type SecretChangedEvent,
} from '@charmed/ops';
import type { EventHost } from '@charmed/ops/internal';

export const meta = {
  name: 'web',
  requires: { db: { interface: 'sql', limit: 1 } },
  provides: { site: { interface: 'http' } },
  peers: { peers: { interface: 'web-peers' } },
  storage: { data: { type: 'filesystem', multiple: { range: '0-' } } },
  resources: { page: { type: 'file' } },
  config: { options: { port: { type: 'int', default: 8080 }, title: { type: 'string' } } },
  actions: {
    greet: { params: { name: { type: 'string', default: 'world' }, loud: { type: 'boolean' } } },
    crash: {},
  },
} as const;

class CharmBase extends Base<typeof meta> {
  static readonly meta: typeof meta = meta;
}

export class ReadyEvent extends CustomEventBase<{ readonly url: string }> {}

type DatabaseEvents = CustomEvents<{ ready: typeof ReadyEvent }, EventHost>;

export class Database extends OpsObject {
  readonly on: DatabaseEvents = this.defineEvents({ ready: ReadyEvent });

  constructor(charm: AnyCharm) {
    super(charm, 'database');
    this.observe(charm.on.relation('db').changed, this.#onChanged);
  }

  async #onChanged(event: RelationChangedEvent): Promise<void> {
    const url = await event.relation.data(event.app).get('url');
    if (url) await this.on.ready.emit({ url });
  }
}

export class WebCharm extends CharmBase {
  readonly database: Database = new Database(this);
  readonly stored: { starts: number; url: string } = this.storedState({ starts: 0, url: '' });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.database.on.ready, this.#onReady);
    this.observe(this.on.relation('site').joined, this.#onSite);
    this.observe(this.on.action('greet'), this.#onGreet);
    this.observe(this.on.action('crash'), this.#onCrash);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
    this.observe(this.on.secretChanged, this.#onSecretChanged);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #onStart(): Promise<void> {
    this.stored.starts += 1;
    await this.unit.setStatus(new MaintenanceStatus('starting'));
    if (await this.unit.isLeader()) await this.app.setStatus(new ActiveStatus('led'));
    await this.unit.setWorkloadVersion('1.0');
    console.log('started %d', this.stored.starts);
  }

  async #onConfigChanged(event: ConfigChangedEvent): Promise<void> {
    const db = await this.model.relation('db');
    if (!db) return event.defer();
    await this.unit.setPorts((await this.config()).port);
  }

  #onReady(event: ReadyEvent): void {
    this.stored.url = event.payload.url;
  }

  async #onSite(): Promise<void> {
    for (const site of await this.model.relations('site')) {
      await site.data(this.unit).update({ port: String((await this.config()).port) });
      if (await this.unit.isLeader()) await site.data(this.app).set('name', this.app.name);
    }
  }

  async #onGreet(event: ActionEvent<typeof meta, 'greet'>): Promise<void> {
    await event.log('greeting');
    if (event.params.name === 'nobody') await event.fail('there is nobody');
    await event.setResults({ greeting: { text: `hello ${event.params.name}` } });
  }

  #onCrash(): never {
    throw new RangeError('crashed');
  }

  #onUpdateStatus(): void {
    void this.unit.setStatus(new ActiveStatus('forgotten'));
  }

  async #onSecretChanged(event: SecretChangedEvent): Promise<void> {
    const { password } = await event.secret.getContent({ refresh: true });
    await this.unit.setWorkloadVersion(password ?? '');
  }

  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    event.addStatus((await this.model.relation('db')) ? new ActiveStatus() : new BlockedStatus('needs db'));
  }
}
