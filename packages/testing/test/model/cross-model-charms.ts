// A database that hands out passwords as secrets, and one that uses them.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  WaitingStatus,
  type ActionEvent,
  type Framework,
  type RelationBrokenEvent,
  type RelationCreatedEvent,
  type RelationJoinedEvent,
  type SecretChangedEvent,
  type SecretRemoveEvent,
} from '@charmed/ops';

const dbMeta = {
  name: 'db',
  provides: { db: { interface: 'sql' } },
  peers: { peers: { interface: 'db-peers' } },
  actions: { rotate: {}, revoke: {}, remove: {} },
} as const;

export class SecretDbCharm extends CharmBase<typeof dbMeta> {
  static readonly meta: typeof dbMeta = dbMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').created, this.#onCreated);
    this.observe(this.on.action('rotate'), this.#onRotate);
    this.observe(this.on.action('revoke'), this.#onRevoke);
    this.observe(this.on.action('remove'), this.#onRemove);
    this.observe(this.on.secretRemove, this.#onObsolete);
    this.observe(this.on.relation('db').broken, this.#onBroken);
  }

  async #onCreated(event: RelationCreatedEvent): Promise<void> {
    if (!(await this.unit.isLeader())) return;
    const { relation } = event;
    const secret = await this.app.addSecret({ password: 'first' }, { label: `for-${event.app.name}` });
    await secret.grant(relation);
    const { uuid } = await relation.remoteModel();
    await relation.data(this.app).update({ secret: secret.id ?? '', 'remote-model': uuid });
    await this.unit.setStatus(new ActiveStatus(event.app.name));
  }

  async #secret() {
    const [relation] = await this.model.relations('db');
    return { relation, secret: await this.model.secret({ label: `for-${relation?.app.name}` }) };
  }

  async #onRotate(_event: ActionEvent): Promise<void> {
    const { secret } = await this.#secret();
    await secret.setContent({ password: 'second' });
    await secret.getContent({ refresh: true }); // else this unit holds the old revision
  }

  async #onRevoke(_event: ActionEvent): Promise<void> {
    const { secret, relation } = await this.#secret();
    if (relation) await secret.revoke(relation);
  }

  async #onRemove(_event: ActionEvent): Promise<void> {
    await (await this.#secret()).secret.removeAllRevisions();
  }

  async #onObsolete(event: SecretRemoveEvent): Promise<void> {
    await event.removeRevision();
    await this.unit.setStatus(new ActiveStatus(`removed ${event.revision}`));
  }

  async #onBroken(event: RelationBrokenEvent): Promise<void> {
    if (!(await this.unit.isLeader())) return;
    const secret = await this.model.secret({ label: `for-${event.app.name}` });
    await secret.removeAllRevisions();
    await this.unit.setStatus(new ActiveStatus('alone'));
  }
}

const webMeta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  actions: { read: {}, share: {} },
} as const;

export class SecretWebCharm extends CharmBase<typeof webMeta> {
  static readonly meta: typeof webMeta = webMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#show);
    this.observe(this.on.relation('db').broken, this.#onBroken);
    this.observe(this.on.secretChanged, this.#onChanged);
    this.observe(this.on.action('read'), this.#onRead);
    this.observe(this.on.action('share'), this.#onShare);
  }

  async #secret() {
    const relation = await this.model.relation('db');
    const id = relation && (await relation.data(relation.app).get('secret'));
    return id ? await this.model.secret({ id }) : undefined;
  }

  async #show(): Promise<void> {
    const relation = await this.model.relation('db');
    if (relation) await relation.data(this.unit).set('name', this.unit.name);
    const secret = await this.#secret();
    if (!secret) return this.unit.setStatus(new WaitingStatus('for a secret'));
    const { password } = await secret.getContent();
    const units = relation?.units.map((unit) => unit.name).join();
    await this.unit.setStatus(new ActiveStatus(`${password} of ${relation?.app.name} with ${units}`));
  }

  async #onChanged(event: SecretChangedEvent): Promise<void> {
    await event.secret.getContent({ refresh: true });
    await this.#show();
  }

  async #onBroken(): Promise<void> {
    await this.unit.setStatus(new BlockedStatus('no database'));
  }

  async #onRead(event: ActionEvent): Promise<void> {
    const secret = await this.#secret();
    await event.setResults({ password: (await secret?.getContent())?.['password'] ?? '' });
  }

  async #onShare(_event: ActionEvent): Promise<void> {
    const relation = await this.model.relation('db');
    const secret = await this.unit.addSecret({ password: 'mine' });
    if (relation) await secret.grant(relation);
  }
}

const vaultMeta = { name: 'vault', provides: { keys: { interface: 'keys' } } } as const;

/** Each unit on the other side gets a secret of its own. */
export class VaultCharm extends CharmBase<typeof vaultMeta> {
  static readonly meta: typeof vaultMeta = vaultMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('keys').joined, this.#onJoined);
  }

  async #onJoined({ relation, unit }: RelationJoinedEvent): Promise<void> {
    const secret = await this.unit.addSecret({ key: `of ${unit.name.split('/')[1]}` });
    await secret.grant(relation, { unit });
    await relation.data(this.unit).set(`secret-${unit.name.split('/')[1]}`, secret.id);
  }
}

const clientMeta = {
  name: 'client',
  requires: { keys: { interface: 'keys' } },
  actions: { read: { params: { number: { type: 'string', default: '0' } } } },
} as const;

export class VaultClientCharm extends CharmBase<typeof clientMeta> {
  static readonly meta: typeof clientMeta = clientMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.action('read'), this.#onRead);
  }

  async #onRead(event: ActionEvent<typeof clientMeta, 'read'>): Promise<void> {
    const relation = await this.model.relation('keys');
    const [vault] = relation?.units ?? [];
    const id = vault && (await relation?.data(vault).get(`secret-${event.params.number}`));
    const { key = '' } = await (await this.model.secret({ id: id ?? '' })).getContent();
    await event.setResults({ key });
  }
}

const sharedMeta = { name: 'shared', provides: { keys: { interface: 'keys' } }, actions: { rotate: {} } } as const;

/** One secret for all that are related. */
export class SharedVaultCharm extends CharmBase<typeof sharedMeta> {
  static readonly meta: typeof sharedMeta = sharedMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
    this.observe(this.on.relation('keys').joined, this.#onJoined);
    this.observe(this.on.action('rotate'), this.#onRotate);
  }

  async #onStart(): Promise<void> {
    await this.app.addSecret({ key: 'first' }, { label: 'shared' });
  }

  async #onJoined({ relation, unit }: RelationJoinedEvent): Promise<void> {
    const secret = await this.model.secret({ label: 'shared' });
    await secret.grant(relation);
    const { id } = await secret.getInfo();
    await relation.data(this.unit).set(`secret-${unit.name.split('/')[1]}`, id);
  }

  async #onRotate(_event: ActionEvent): Promise<void> {
    const secret = await this.model.secret({ label: 'shared' });
    await secret.setContent({ key: 'second' });
    await secret.getContent({ refresh: true });
  }
}
