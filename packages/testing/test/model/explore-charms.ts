// Charms with planted faults, and the same without them.

import {
  ActiveStatus,
  CharmBase,
  MaintenanceStatus,
  WaitingStatus,
  type Framework,
  type PebbleReadyEvent,
  type RelationChangedEvent,
  type RelationCreatedEvent,
  type RelationJoinedEvent,
} from '@charmed/ops';

const proxyMeta = {
  name: 'proxy',
  requires: { site: { interface: 'http' }, backup: { interface: 'http' } },
  containers: { main: {}, cache: {} },
} as const;
const siteMeta = { name: 'site', provides: { site: { interface: 'http' } } } as const;

/** Publishes its address. */
export class SiteCharm extends CharmBase<typeof siteMeta> {
  static readonly meta: typeof siteMeta = siteMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('site').joined, this.#onJoined);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart(): Promise<void> {
    await this.unit.setStatus(new ActiveStatus());
  }

  async #onJoined(event: RelationJoinedEvent): Promise<void> {
    await event.relation.data(this.unit).set('address', this.unit.name);
  }
}

/** Order: the relation that speaks last wins, of two between which Juju has no order. */
export class LastWinsCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('site').changed, this.#onChanged);
    this.observe(this.on.relation('backup').changed, this.#onChanged);
  }

  async #onChanged(event: RelationChangedEvent): Promise<void> {
    const { unit } = event;
    if (unit) await this.unit.setStatus(new ActiveStatus(await event.relation.data(unit).get('address')));
  }
}

/** Shows what all relations say. */
export class AllCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
  }

  async #reconcile(): Promise<void> {
    const addresses: string[] = [];
    for (const endpoint of ['site', 'backup'] as const) {
      const relation = await this.model.relation(endpoint);
      for (const unit of relation?.units ?? []) addresses.push((await relation?.data(unit).get('address')) ?? '');
    }
    await this.unit.setStatus(new ActiveStatus(addresses.join()));
  }
}

/** Order: the container that comes up last is taken for the main one. */
export class LastContainerCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    for (const name of ['main', 'cache'] as const) this.observe(this.on.container(name).pebbleReady, this.#onReady);
  }

  async #onReady(event: PebbleReadyEvent): Promise<void> {
    await this.unit.setStatus(new ActiveStatus(event.workload.name));
  }
}

/** Not to be run twice: adds a line to a file each time it starts. */
export class AppendingCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('main').pebbleReady, this.#onReady);
  }

  async #onReady(): Promise<void> {
    const main = this.unit.container('main');
    const text = (await main.exists('/hosts')) ? await main.pull('/hosts').text() : '';
    await main.push('/hosts', `${text}127.0.0.1 here\n`);
    await this.unit.setStatus(new ActiveStatus());
  }
}

/** Lost update: remembers that it has told its port before Juju has kept it. */
export class ForgetfulCharm extends CharmBase<typeof siteMeta> {
  static readonly meta: typeof siteMeta = siteMeta;
  readonly stored: { told: boolean } = this.storedState({ told: false });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('site').joined, this.#onJoined);
  }

  async #onJoined(event: RelationJoinedEvent): Promise<void> {
    if (this.stored.told) return;
    this.stored.told = true;
    await event.relation.data(this.unit).set('address', this.unit.name);
  }
}

/** Stops half way: the file says that it is done before it is. */
export class HalfwayCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('main').pebbleReady, this.#onReady);
  }

  async #onReady(): Promise<void> {
    const main = this.unit.container('main');
    if (!(await main.exists('/done'))) {
      await main.push('/done', '');
      await main.push('/config', 'port=80');
    }
    await this.unit.setStatus(new ActiveStatus());
  }
}

const agentMeta = {
  name: 'agent',
  subordinate: true,
  requires: { info: { interface: 'juju-info', scope: 'container' } },
  peers: { peers: { interface: 'agents' } },
} as const;

/** Tells whose unit it is, and its peers. */
export class AgentCharm extends CharmBase<typeof agentMeta> {
  static readonly meta: typeof agentMeta = agentMeta;

  constructor(framework: Framework) {
    super(framework);
    this.reconcile(this.#reconcile);
  }

  async #reconcile(): Promise<void> {
    const info = await this.model.relation('info');
    const [principal] = info?.units ?? [];
    const peers = await this.model.relation('peers');
    await peers?.data(this.unit).set('name', this.unit.name);
    const status = principal
      ? new ActiveStatus(`${this.unit.name} beside ${principal.name}`)
      : new WaitingStatus('for a principal');
    await this.unit.setStatus(status);
  }
}

/** Order: the first principal of all of them gets a job that the others do not have. */
export class FirstAgentCharm extends CharmBase<typeof agentMeta> {
  static readonly meta: typeof agentMeta = agentMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('info').joined, this.#onJoined);
  }

  async #onJoined({ unit }: RelationJoinedEvent): Promise<void> {
    const peers = await this.model.relation('peers');
    if (!peers || !(await this.unit.isLeader())) return;
    await peers.data(this.app).set('first', unit.name);
  }
}

const watchMeta = { name: 'watch', containers: { main: {} } } as const;
const CHECKS = {
  one: { override: 'replace', tcp: { port: 1 } },
  two: { override: 'replace', tcp: { port: 2 } },
} as const;

/** Shows what the checks say. */
export class WatchCharm extends CharmBase<typeof watchMeta> {
  static readonly meta: typeof watchMeta = watchMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('main').pebbleReady, this.#onReady);
    this.observe(this.on.container('main').pebbleCheckFailed, this.#show);
    this.observe(this.on.container('main').pebbleCheckRecovered, this.#show);
  }

  async #onReady(): Promise<void> {
    await this.unit.container('main').addLayer('checks', { checks: CHECKS }, { combine: true });
    await this.unit.container('main').replan();
    await this.#show();
  }

  async #show(): Promise<void> {
    const checks = await this.unit.container('main').getChecks();
    const down = [...checks.values()].filter(({ status }) => status === 'down').map(({ name }) => name);
    await this.unit.setStatus(down.length > 0 ? new MaintenanceStatus(down.join()) : new ActiveStatus());
  }
}

/** Not to be run twice: counts failures in its status. */
export class CountingWatchCharm extends CharmBase<typeof watchMeta> {
  static readonly meta: typeof watchMeta = watchMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('main').pebbleReady, this.#onReady);
    this.observe(this.on.container('main').pebbleCheckFailed, this.#onFailed);
  }

  async #onReady(): Promise<void> {
    await this.unit.container('main').addLayer('checks', { checks: CHECKS }, { combine: true });
    await this.unit.container('main').replan();
    await this.unit.setStatus(new MaintenanceStatus('0'));
  }

  async #onFailed(): Promise<void> {
    const { message } = await this.unit.status();
    await this.unit.setStatus(new MaintenanceStatus(String(Number(message) + 1)));
  }
}

/** Order: makes a secret for the relation that speaks first, and none for the other. */
export class FirstSecretCharm extends CharmBase<typeof proxyMeta> {
  static readonly meta: typeof proxyMeta = proxyMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('site').created, this.#onCreated);
    this.observe(this.on.relation('backup').created, this.#onCreated);
  }

  async #onCreated({ relation }: RelationCreatedEvent): Promise<void> {
    const known = await this.model.relation('site');
    const told = known && (await known.data(this.unit).get('secret'));
    if (told || (await this.model.relation('backup').then((backup) => backup?.data(this.unit).get('secret')))) return;
    const secret = await this.unit.addSecret({ password: crypto.randomUUID() }, { label: 'login' });
    await secret.grant(relation);
    await relation.data(this.unit).set('secret', secret.id);
  }
}
