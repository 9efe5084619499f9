// Whole lives in a model, against Juju's order of events.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ActiveStatus,
  CharmBase,
  type ActionEvent,
  type Framework,
  type RelationChangedEvent,
  type RelationCreatedEvent,
  type SecretChangedEvent,
  type SecretExpiredEvent,
  type SecretRemoveEvent,
  type SecretRotateEvent,
} from '@charmed/ops';
import { Model } from '../../src/index.ts';

const HOUR = 3_600_000;

const ownerMeta = { name: 'owner', provides: { login: { interface: 'login' } } } as const;

/** Its secret rotates daily, and each revision expires after three days. */
class OwnerCharm extends CharmBase<typeof ownerMeta> {
  static readonly meta: typeof ownerMeta = ownerMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('login').created, this.#onCreated);
    this.observe(this.on.secretRotate, this.#onRotate);
    this.observe(this.on.secretExpired, this.#onExpired);
    this.observe(this.on.secretRemove, this.#onRemove);
  }

  async #onCreated({ relation }: RelationCreatedEvent): Promise<void> {
    if (!(await this.unit.isLeader())) return;
    const options = { label: 'login', rotate: 'daily', expire: '72h' } as const;
    const secret = await this.app.addSecret({ key: 'first' }, options);
    await secret.grant(relation);
    await relation.data(this.app).set('secret', secret.id);
  }

  async #onRotate({ secret }: SecretRotateEvent): Promise<void> {
    const { revision } = await secret.getInfo();
    await secret.setContent({ key: `after ${revision}` });
  }

  async #onExpired(event: SecretExpiredEvent): Promise<void> {
    this.framework.logger.log('INFO', `expired ${event.revision}`);
    await event.secret.setContent({ key: 'renewed' });
  }

  async #onRemove(event: SecretRemoveEvent): Promise<void> {
    this.framework.logger.log('INFO', `removed ${event.revision}`);
    await event.removeRevision();
  }
}

const readerMeta = { name: 'reader', requires: { login: { interface: 'login' } } } as const;

class ReaderCharm extends CharmBase<typeof readerMeta> {
  static readonly meta: typeof readerMeta = readerMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('login').changed, this.#onChanged);
    this.observe(this.on.secretChanged, this.#onSecretChanged);
  }

  async #onChanged({ relation }: RelationChangedEvent): Promise<void> {
    const id = await relation.data(relation.app).get('secret');
    if (!id) return;
    const { key } = await (await this.model.secret({ id, label: 'mine' })).getContent();
    await this.unit.setStatus(new ActiveStatus(key));
  }

  async #onSecretChanged({ secret }: SecretChangedEvent): Promise<void> {
    const { key } = await secret.getContent({ refresh: true });
    await this.unit.setStatus(new ActiveStatus(`${secret.label} ${key}`));
  }
}

async function withSecret(): Promise<Model> {
  const model = new Model();
  model.deploy(OwnerCharm, { units: 2 });
  model.deploy(ReaderCharm, { units: 2 });
  model.integrate('owner', 'reader');
  await model.settle();
  return model;
}

const eventful = (steps: readonly string[]) => steps.filter((step) => !step.endsWith('update-status'));

test('a secret rotates: its leader is told, then those who read it, then the leader that the old revision may go', async () => {
  const model = await withSecret();
  assert.deepEqual(model.unit('reader/1').status, new ActiveStatus('first'));
  model.advance(23 * HOUR);
  assert.deepEqual(eventful(await model.settle()), []);
  model.advance(HOUR);
  assert.deepEqual(eventful(await model.settle()), [
    'owner/0 secret-rotate',
    'reader/0 secret-changed',
    'reader/1 secret-changed',
    'owner/0 secret-remove',
  ]);
  assert.deepEqual(model.unit('reader/1').status, new ActiveStatus('mine after 1'));
  assert.deepEqual(
    model.log.map(({ unit, message }) => `${unit} ${message}`).filter((line) => line.includes('removed')),
    ['owner/0 removed 1'],
  );
});

test('another leader has the secret of its application', async () => {
  const model = await withSecret();
  model.setLeader('owner/1');
  assert.deepEqual(await model.settle(), ['owner/1 leader-elected']);
  model.advance(24 * HOUR);
  assert.equal(eventful(await model.settle())[0], 'owner/1 secret-rotate');
  model.removeUnit('owner/1');
  const steps = await model.settle();
  assert(steps.indexOf('owner/0 leader-elected') > steps.indexOf('owner/1 remove'), steps.join());
  assert(model.unit('owner/0').isLeader);
});

test('a revision expires, before anything else that secrets ask for', async () => {
  const model = await withSecret();
  model.advance(73 * HOUR);
  const steps = eventful(await model.settle());
  assert.deepEqual(steps.slice(0, 2), ['owner/0 secret-expired', 'owner/0 secret-rotate']);
  assert(model.log.some(({ message }) => message === 'expired 1'));
  assert.deepEqual(model.unit('reader/0').status, new ActiveStatus('mine after 2'));
});

test('a secret cannot be read when its relation has gone', async () => {
  const model = await withSecret();
  model.removeRelation('owner', 'reader');
  await model.settle();
  model.advance(24 * HOUR);
  assert.deepEqual(
    eventful(await model.settle()).filter((step) => step.startsWith('reader')),
    [],
  );
});

const plainMeta = {
  name: 'plain',
  provides: { out: { interface: 'x' } },
  requires: { in: { interface: 'x' } },
  peers: { peers: { interface: 'p' } },
  storage: { data: { type: 'filesystem', multiple: { range: '1-2' } } },
  config: { options: { port: { type: 'int', default: 1 } } },
  actions: { grow: {} },
} as const;

class PlainCharm extends CharmBase<typeof plainMeta> {
  static readonly meta: typeof plainMeta = plainMeta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.action('grow'), this.#onGrow);
    this.observe(this.on.relation('peers').created, this.#onPeers);
  }

  async #onGrow(_event: ActionEvent): Promise<void> {
    await this.model.requestStorages('data');
  }

  async #onPeers({ relation }: RelationCreatedEvent): Promise<void> {
    if (!(await this.unit.isLeader())) return;
    const data = relation.data(this.app);
    if (!(await data.get('founder'))) await data.set('founder', this.unit.name);
  }
}

test('storage is there before install, can be added, and goes first', async () => {
  const model = new Model();
  model.deploy(PlainCharm);
  assert.deepEqual((await model.settle()).slice(0, 3), [
    'plain/0 data-storage-attached',
    'plain/0 install',
    'plain/0 peers-relation-created plain',
  ]);
  await model.runAction('plain/0', 'grow');
  await model.settle();
  model.removeUnit('plain/0');
  assert.deepEqual(await model.settle(), [
    'plain/0 data-storage-detaching',
    'plain/0 data-storage-detaching',
    'plain/0 stop',
    'plain/0 remove',
  ]);
});

test('down to no units and up again: numbers go on, and what the application has published stays', async () => {
  const model = new Model();
  model.deploy(PlainCharm, { units: 2 });
  await model.settle();
  model.scale('plain', 0);
  const steps = await model.settle();
  assert.deepEqual(steps.slice(-2), ['plain/1 stop', 'plain/1 remove']);
  assert.deepEqual([model.application('plain').units, model.application('plain').status.name], [[], 'unknown']);
  model.scale('plain', 1);
  assert((await model.settle()).includes('plain/2 leader-elected'));
  assert.deepEqual(model.application('plain').units, ['plain/2']);
  assert.deepEqual(model.data('plain:peers', 'plain'), [{ founder: 'plain/0' }]);
});

test('a refresh comes before what else has changed, and config-changed after it', async () => {
  const model = new Model();
  const [one, two] = [model.deploy(PlainCharm, { name: 'one' }), model.deploy(PlainCharm, { name: 'two' })];
  await model.settle();
  class NewCharm extends PlainCharm {}
  model.config(one, { port: 2 });
  model.integrate('one:in', 'two:out');
  model.refresh(one, NewCharm);
  assert.deepEqual(
    (await model.settle()).filter((step) => step.startsWith('one')),
    [
      'one/0 in-relation-created two',
      'one/0 upgrade-charm',
      'one/0 config-changed',
      'one/0 in-relation-joined two/0',
      'one/0 in-relation-changed two/0',
    ],
  );
  model.config(two, { port: 1 });
  assert.deepEqual(await model.settle(), []);
});

test('a relation that is removed while its events are pending has only those that end it', async () => {
  const model = new Model();
  model.deploy(PlainCharm, { name: 'one' });
  model.deploy(PlainCharm, { name: 'two' });
  await model.settle();
  model.integrate('one:in', 'two:out');
  await model.replay([]);
  model.scale('two', 2);
  model.config('one', { port: 3 });
  model.removeRelation('one', 'two');
  const steps = await model.settle();
  assert.deepEqual(
    steps.filter((step) => step.startsWith('one')),
    ['one/0 config-changed', 'one/0 in-relation-departed two/0', 'one/0 in-relation-broken two'],
  );
  // The new unit has never seen it.
  assert.deepEqual(
    steps.filter((step) => step.startsWith('two/1') && step.includes('out-')),
    [],
  );
});

test('an application goes with its relations, whose other ends see its units depart', async () => {
  const model = new Model();
  model.deploy(PlainCharm, { name: 'one' });
  model.deploy(PlainCharm, { name: 'two', units: 2 });
  model.integrate('one:in', 'two:out');
  await model.settle();
  model.remove('two');
  const steps = await model.settle();
  assert.deepEqual(
    steps.filter((step) => step.startsWith('one')),
    ['one/0 in-relation-departed two/0', 'one/0 in-relation-departed two/1', 'one/0 in-relation-broken two'],
  );
  assert.deepEqual(
    steps.filter((step) => step.startsWith('two/0')),
    [
      'two/0 data-storage-detaching',
      'two/0 peers-relation-departed two/1',
      'two/0 out-relation-departed one/0',
      'two/0 out-relation-broken one',
      'two/0 stop',
      'two/0 remove',
    ],
  );
  assert.throws(() => model.application('two'), { code: 'unknown-application' });
});

test('charms that answer each other for ever are told of', async () => {
  class EchoCharm extends CharmBase<typeof plainMeta> {
    static readonly meta: typeof plainMeta = plainMeta;

    constructor(framework: Framework) {
      super(framework);
      for (const name of ['in', 'out'] as const) this.observe(this.on.relation(name).changed, this.#onChanged);
    }

    async #onChanged({ relation, unit }: RelationChangedEvent): Promise<void> {
      if (!unit) return;
      const heard = Number(await relation.data(unit).get('count')) || 0;
      await relation.data(this.unit).set('count', String(heard + 1));
    }
  }
  const model = new Model();
  model.deploy(EchoCharm, { name: 'one' });
  model.deploy(EchoCharm, { name: 'two' });
  model.integrate('one:in', 'two:out');
  await assert.rejects(
    model.settle(),
    /cannot settle the model: its units still have events after 1400; do two charms/,
  );
});

test('a replay that does not fit is told of', async () => {
  const model = new Model();
  model.deploy(PlainCharm);
  await assert.rejects(model.replay([{ step: 99, event: 1 }]), { code: 'bad-replay' });
});

test('a model whose settle is not awaited takes no other command', async () => {
  const model = new Model();
  model.deploy(PlainCharm);
  const settling = model.settle();
  assert.throws(() => model.config('plain', { port: 2 }), { code: 'not-at-rest' });
  assert.throws(() => model.restartContainer('plain/0', 'x'), { code: 'not-at-rest' });
  await assert.rejects(model.settle(), { code: 'not-at-rest' });
  await assert.rejects(model.runAction('plain/0', 'grow'), { code: 'not-at-rest' });
  await model.explore({ order: 1, crashes: false }); // which changes nothing
  await settling;
  model.config('plain', { port: 2 });
  assert.deepEqual(await model.settle(), ['plain/0 config-changed']);
});
