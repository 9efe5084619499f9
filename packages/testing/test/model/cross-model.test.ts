// Two models, one of which consumes what the other offers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus } from '@charmed/ops';
import { Model } from '../../src/index.ts';
import { ClientCharm, CountingDbCharm } from '../model-charms.ts';
import { AgentCharm } from './explore-charms.ts';
import { SecretDbCharm, SecretWebCharm, SharedVaultCharm, VaultCharm, VaultClientCharm } from './cross-model-charms.ts';

function deployed(units = 1): { readonly data: Model; readonly apps: Model } {
  const data = new Model({ name: 'data' });
  const apps = new Model({ name: 'apps' });
  data.deploy(SecretDbCharm, { units });
  apps.deploy(SecretWebCharm, { units });
  apps.consume(data.offer('db:db'), 'store');
  return { data, apps };
}

async function related(): Promise<{ readonly data: Model; readonly apps: Model }> {
  const models = deployed();
  models.apps.integrate('web', 'store');
  await models.apps.settle();
  return models;
}

const active = (message: string) => new ActiveStatus(message);

test('both sides are told of the relation, its units and their settings, as Juju names them', async () => {
  const { data, apps } = deployed();
  await apps.settle();
  apps.integrate('web', 'store');
  const steps = await data.settle();
  const proxy = data.unit('db/0').status.message;
  assert.match(proxy, /^remote-[0-9a-f]{32}$/);
  assert.deepEqual(
    steps.map((step) => step.replaceAll(proxy, 'remote')),
    [
      'data: db/0 db-relation-created remote',
      'data: db/0 db-relation-joined remote/0',
      'data: db/0 db-relation-changed remote/0',
      'apps: web/0 db-relation-created store',
      'apps: web/0 db-relation-changed store',
      'data: db/0 db-relation-changed remote/0',
      'apps: web/0 db-relation-joined store/0',
      'apps: web/0 db-relation-changed store/0',
    ],
  );
  assert.deepEqual(apps.unit('web/0').status, active('first of store with store/0'));
  assert.equal(data.data('db:db', `${proxy}/0`)[0]?.['name'], 'web/0');
  const [settings] = apps.data('web:db', 'store');
  assert.equal(settings?.['remote-model'], apps.uuid);
});

test('a secret is read, changed, and its old revision removed, across the models', async () => {
  const { data, apps } = await related();
  await data.runAction('db/0', 'rotate');
  assert.deepEqual(apps.unit('web/0').status, active('second of store with store/0'));
  assert.deepEqual(data.unit('db/0').status, active('removed 1'));
  await data.runAction('db/0', 'revoke');
  await assert.rejects(apps.runAction('web/0', 'read'), /permission denied/);
});

test('a secret that is removed is gone for the other model too', async () => {
  const { data, apps } = await related();
  await data.runAction('db/0', 'remove');
  await assert.rejects(apps.runAction('web/0', 'read'), /not found/);
});

test('the consuming side cannot share secrets', async () => {
  const { apps } = await related();
  await assert.rejects(
    apps.runAction('web/0', 'share'),
    /sharing consumer secrets across a cross model relation not supported/,
  );
});

test('a secret for one unit is for that unit alone, also in the other model', async () => {
  const data = new Model({ name: 'data' });
  const apps = new Model({ name: 'apps' });
  data.deploy(VaultCharm);
  const client = apps.deploy(VaultClientCharm, { units: 2 });
  apps.integrate(client, apps.consume(data.offer('vault:keys')));
  await apps.settle();
  assert.deepEqual(await apps.runAction('client/1', 'read', { number: '1' }), { key: 'of 1' });
  await assert.rejects(apps.runAction('client/0', 'read', { number: '1' }), /permission denied/);
});

test('a secret for two applications of another model is held by the units that read it, until they are gone', async () => {
  const data = new Model({ name: 'data' });
  const apps = new Model({ name: 'apps' });
  data.deploy(SharedVaultCharm);
  await data.settle();
  const vault = apps.consume(data.offer('shared:keys'), 'vault');
  for (const name of ['one', 'two']) {
    apps.deploy(VaultClientCharm, { name });
    apps.integrate(name, vault);
  }
  await apps.settle();
  for (const unit of ['one/0', 'two/0']) assert.deepEqual(await apps.runAction(unit, 'read'), { key: 'first' });
  await data.runAction('shared/0', 'rotate');
  assert.deepEqual(await data.settle(), []); // both of them hold the first revision
  apps.remove('one');
  assert(!(await apps.settle()).includes('data: shared/0 secret-remove'));
  apps.removeUnit('two/0');
  assert((await apps.settle()).includes('data: shared/0 secret-remove'));
});

test('units come and go on both sides', async () => {
  const { data, apps } = await related();
  data.scale('db', 2);
  apps.scale('web', 2);
  await apps.settle();
  assert.deepEqual(apps.unit('web/1').status, active('first of store with store/0,store/1'));
  data.scale('db', 1);
  await apps.settle();
  apps.removeUnit('web/0');
  const steps = await apps.settle();
  const told = steps.filter((step) => step.startsWith('data: db/0 '));
  assert.match(told.join(), /^data: db\/0 db-relation-departed remote-[0-9a-f]{32}\/0$/);
  assert.deepEqual(apps.application('web').units, ['web/1']);
});

for (const [what, end] of [
  ['removed by the consumer', ({ apps }: ReturnType<typeof deployed>) => apps.removeRelation('web', 'store')],
  ['that the consumer forgets', ({ apps }: ReturnType<typeof deployed>) => apps.removeConsumed('store')],
  ['of an application that goes', ({ apps }: ReturnType<typeof deployed>) => apps.remove('web')],
  ['of an offer that goes', ({ data }: ReturnType<typeof deployed>) => data.remove('db')],
] as const) {
  test(`a relation ${what} is broken on both sides`, async () => {
    const models = await related();
    end(models);
    const steps = await models.apps.settle();
    const broken = steps
      .filter((step) => step.includes('db-relation-broken'))
      .map((step) => step.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(broken.toSorted(), ['apps: web/0', 'data: db/0']);
    assert.deepEqual(models.apps.data('web:db', 'web/0'), []);
    assert.deepEqual(models.data.data('db:db', 'db/0'), []);
  });
}

test('a relation that is removed can be made again', async () => {
  const { data, apps } = await related();
  apps.removeRelation('web', 'store');
  await apps.settle();
  assert.deepEqual(apps.unit('web/0').status, new BlockedStatus('no database'));
  assert.deepEqual(data.unit('db/0').status, active('alone'));
  apps.removeConsumed('store');
  apps.consume(data.offer('db:db'), 'again');
  apps.integrate('web', 'again');
  await apps.settle();
  assert.equal(apps.unit('web/0').status.message.replace(/^.* of/, ''), ' again with again/0');
});

test('a relation that goes before anybody has seen it leaves nothing behind', async () => {
  const { data, apps } = deployed();
  apps.integrate('web', 'store');
  apps.removeRelation('web', 'store');
  const steps = await apps.settle();
  assert.equal(steps.filter((step) => step.includes('relation')).filter((step) => !step.includes('peers')).length, 0);
  assert.deepEqual([apps.data('web:db', 'web/0'), data.data('db:db', 'db/0')], [[], []]);
  assert.equal(apps.unit('web/0').status.name, 'unknown');
});

test('an offer whose application is removed before its units were there ends the relation', async () => {
  const data = new Model({ name: 'data' });
  const apps = new Model({ name: 'apps' });
  data.deploy(SecretDbCharm, { units: 0 });
  apps.deploy(SecretWebCharm);
  apps.integrate('web', apps.consume(data.offer('db:db')));
  await apps.settle();
  data.remove('db');
  await apps.settle();
  assert.deepEqual(apps.unit('web/0').status, new BlockedStatus('no database'));
});

test('three models in a row pass time and are explored together', async () => {
  const { data, apps } = deployed();
  const more = new Model({ name: 'more' });
  more.deploy(SecretWebCharm);
  more.integrate('web', more.consume(data.offer('db:db')));
  apps.integrate('web', 'store');
  await more.settle();
  assert.deepEqual(more.unit('web/0').status, active('first of db with db/0'));
  apps.advance(300_000);
  const steps = await more.settle();
  assert.deepEqual(steps.toSorted(), [
    'apps: web/0 update-status',
    'data: db/0 update-status',
    'more: web/0 update-status',
  ]);
});

test('exploring goes through both models', async () => {
  const { apps } = deployed();
  apps.integrate('web', 'store');
  await apps.explore({ order: 4 });
  const faulty = new Model({ name: 'faulty' });
  const clients = new Model({ name: 'clients' });
  faulty.deploy(CountingDbCharm);
  clients.deploy(ClientCharm, { units: 2 });
  clients.integrate('client', clients.consume(faulty.offer('db:db')));
  await clients.settle();
  clients.config('client', { port: 81 });
  await assert.rejects(
    clients.explore({ order: 20, crashes: false }),
    /faulty: data of db\/0 in .*\n(?:.*\n)*.*1\. clients: client\/1 config-changed/,
  );
});

test('what cannot be offered or consumed is refused', () => {
  const { data, apps } = deployed();
  assert.throws(() => data.offer('db'), /name its endpoints, such as db:db/);
  assert.throws(() => data.offer('db:peers'), /there is no such endpoint/);
  assert.throws(() => data.offer('nope:db'), /cannot find application "nope"/);
  assert.throws(() => apps.consume(data.offer('db:db'), 'web'), /has an application of that name/);
  assert.throws(() => new Model().consume(deployedAgain().offer('db:db')), /give each model a name/);
  apps.deploy(AgentCharm);
  assert.throws(() => apps.offer('agent:info'), /it is for units of one machine/);
  assert.throws(() => apps.integrate('agent', 'store'), /store:db has interface "sql", agent:info has interface/);
});

function deployedAgain(): Model {
  const model = new Model();
  model.deploy(SecretDbCharm);
  return model;
}
