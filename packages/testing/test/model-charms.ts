// A web application and its database, and what goes wrong when one forgets what may happen.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  type ActionEvent,
  type CollectStatusEvent,
  type Framework,
  type RelationChangedEvent,
  type RelationCreatedEvent,
} from '@charmed/ops';

const webMeta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  peers: { peers: { interface: 'web-peers' } },
  containers: { app: {} },
  config: { options: { port: { type: 'int', default: 80 } } },
  actions: { greet: { params: { name: { type: 'string', default: 'world' } } }, fail: {} },
} as const;

const dbMeta = { name: 'db', provides: { db: { interface: 'sql' } } } as const;

export class WebCharm extends CharmBase<typeof webMeta> {
  static readonly meta: typeof webMeta = webMeta;

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
    this.observe(this.on.action('greet'), this.#onGreet);
    this.observe(this.on.action('fail'), this.#onFail);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #url(): Promise<string | undefined> {
    const db = await this.model.relation('db');
    return db && (await db.data(db.app).get('url'));
  }

  async #reconcile(): Promise<void> {
    const url = await this.#url();
    const app = this.unit.container('app');
    if (!url || !(await app.canConnect())) return;
    const { port } = await this.config();
    await app.push('/etc/app.conf', url, { makeDirs: true });
    await app.addLayer(
      'app',
      { services: { app: { override: 'replace', command: `serve ${port}`, startup: 'enabled' } } },
      { combine: true },
    );
    await app.replan();
    await this.unit.setPorts(port);
  }

  async #onGreet(event: ActionEvent<typeof webMeta, 'greet'>): Promise<void> {
    await event.setResults({ text: `hello ${event.params.name}` });
  }

  async #onFail(event: ActionEvent): Promise<void> {
    await event.fail('on purpose');
  }

  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    event.addStatus((await this.#url()) ? new ActiveStatus() : new BlockedStatus('needs a database'));
  }
}

export class DbCharm extends CharmBase<typeof dbMeta> {
  static readonly meta: typeof dbMeta = dbMeta;

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
  }

  async #reconcile(): Promise<void> {
    if (await this.unit.isLeader()) {
      for (const relation of await this.model.relations('db'))
        await relation.data(this.app).set('url', `sql://${this.app.name}`);
    }
    await this.unit.setStatus(new ActiveStatus());
  }
}

const clientMeta = {
  name: 'client',
  requires: { db: { interface: 'sql' } },
  config: { options: { port: { type: 'int', default: 80 } } },
} as const;

/** Each unit tells the database its port. */
export class ClientCharm extends CharmBase<typeof clientMeta> {
  static readonly meta: typeof clientMeta = clientMeta;

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
  }

  async #reconcile(): Promise<void> {
    const { port } = await this.config();
    for (const relation of await this.model.relations('db')) await relation.data(this.unit).set('port', String(port));
  }
}

/** Adds to what it has published, so that who comes first matters; and to its status, which a killed hook does twice. */
export class CountingDbCharm extends CharmBase<typeof dbMeta> {
  static readonly meta: typeof dbMeta = dbMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#onChanged);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart(): Promise<void> {
    const status = await this.unit.status();
    await this.unit.setStatus(new ActiveStatus(`${status.message}+`));
    await this.unit.setWorkloadVersion('1');
  }

  async #onChanged({ relation, unit }: RelationChangedEvent): Promise<void> {
    const order = (await relation.data(this.unit).get('order')) ?? '';
    await relation.data(this.unit).set('order', `${order} ${unit?.name}`);
  }
}

/** Counts its starts in what it stores, which stays when Juju discards the rest of a killed hook. */
export class StoringCharm extends CharmBase {
  static readonly meta = { name: 'storing' };
  readonly stored: { starts: number } = this.storedState({ starts: 0 });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart(): Promise<void> {
    this.stored.starts += 1;
    await this.unit.setStatus(new ActiveStatus(String(this.stored.starts)));
  }
}

/** Defers until the database has published its URL. */
export class PatientCharm extends CharmBase<typeof clientMeta> {
  static readonly meta: typeof clientMeta = clientMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').created, this.#onCreated);
  }

  async #onCreated(event: RelationCreatedEvent): Promise<void> {
    const url = await event.relation.data(event.app).get('url');
    this.framework.logger.log('INFO', url ? `patient: has ${url}` : 'patient: waits');
    if (!url) return event.defer();
    await this.unit.setStatus(new ActiveStatus(url));
  }
}
