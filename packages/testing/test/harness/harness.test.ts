import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  ActionEvent,
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  CollectStatusEvent,
  UnknownStatus,
  type Framework,
} from '@charmed/ops';
import { ActionFailed, CloudSpec, Harness } from '../../src/index.ts';
import { TraceCharm } from './trace-charm.ts';

test('initial hooks come in the order of Juju, with what was there before', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.addStorage('data');
  await harness.addRelation('db', 'postgresql', { appData: { a: '1' } });
  await harness.setLeader();
  await harness.beginWithInitialHooks();
  assert.deepEqual(harness.charm.trace, [
    'data-storage-attached data/0',
    'install',
    'db-relation-created postgresql',
    'cluster-relation-created trace',
    'leader-elected',
    'config-changed',
    'start',
    'web-pebble-ready',
    'db-relation-changed postgresql',
    'db-relation-joined postgresql/0',
    'db-relation-changed postgresql/0',
  ]);
  assert.deepEqual(await harness.model.unit.status(), new UnknownStatus());
  assert.equal(await harness.charm.unit.container('web').canConnect(), true);
});

test('configuration and leadership are as the test has set them last', async () => {
  const harness = new Harness(TraceCharm);
  await harness.updateConfig({ name: 'a' });
  await harness.begin();
  await harness.updateConfig({ port: 8080 });
  assert.deepEqual({ ...(await harness.charm.config()) }, { port: 8080, name: 'a' });
  await harness.updateConfig({}, { unset: ['name', 'port'] });
  assert.deepEqual({ ...(await harness.charm.config()) }, { port: 80 });
  await harness.setLeader(true);
  assert.equal(await harness.charm.unit.isLeader(), true);
  await harness.setLeader(false);
  assert.equal(await harness.charm.unit.isLeader(), false);
  assert.deepEqual(harness.charm.trace, ['config-changed', 'config-changed', 'leader-elected']);
});

test('with hooks disabled nothing is emitted', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  const id = await harness.hooksDisabled(() => harness.addRelation('db', 'x', { unitData: { a: '1' } }));
  harness.disableHooks();
  await harness.updateConfig({ port: 1 });
  await harness.hooksDisabled(() => undefined);
  await harness.setLeader();
  harness.enableHooks();
  await harness.updateRelationData(id, 'x/0', { a: '2' });
  assert.deepEqual(harness.charm.trace, ['db-relation-changed x/0']);
});

test('deferred events come again with reemit, and in between each change is delivered', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  harness.charm.act = (event) => event.defer();
  await harness.updateConfig({ port: 1 });
  await harness.updateConfig({ port: 2 });
  harness.charm.act = () => undefined;
  await harness.reemit();
  await harness.reemit();
  assert.deepEqual(
    harness.charm.trace,
    Array.from({ length: 4 }, () => 'config-changed'),
  );
});

test('statuses are collected afresh each time', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  let message = 'one';
  harness.charm.act = (event) => event instanceof CollectStatusEvent && event.addStatus(new ActiveStatus(message));
  await harness.evaluateStatus();
  assert.deepEqual(await harness.model.unit.status(), new ActiveStatus('one'));
  message = 'two';
  await harness.evaluateStatus();
  assert.deepEqual(await harness.model.unit.status(), new ActiveStatus('two'));
});

test('storage is attached, detached and removed, and is seen in the containers that mount it', async () => {
  await using harness = new Harness(TraceCharm);
  await harness.begin();
  const [id = ''] = await harness.addStorage('data', { count: 2 });
  await harness.attachStorage(id);
  await harness.attachStorage(id);
  const [storage] = await harness.model.storages('data');
  const location = (await storage?.location()) ?? '';
  writeFileSync(join(location, 'file'), 'content');
  harness.setCanConnect('web', true);
  assert.equal(await harness.charm.unit.container('web').pull('/srv/file').text(), 'content');
  await harness.detachStorage(id);
  assert.deepEqual(await harness.model.storages('data'), []);
  await harness.removeStorage(id);
  assert.deepEqual(harness.charm.trace, [`data-storage-attached ${id}`, `data-storage-detaching ${id}`]);
  await assert.rejects(harness.attachStorage(id));
});

test('an action gets its defaults, tells what it does, and may fail', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  harness.charm.act = async (event) => {
    assert(event instanceof ActionEvent);
    await event.log('working');
    await event.setResults({ hello: String(event.params.name), nested: { loud: Boolean(event.params.loud) } });
    if (event.params.name === 'nobody') await event.fail('there is nobody');
  };
  const output = await harness.runAction('greet', { loud: true });
  assert.deepEqual(output, { logs: ['working'], results: { hello: 'world', nested: { loud: 'true' } } });
  await assert.rejects(harness.runAction('greet', { loud: true, name: 'nobody' }), (error) => {
    assert(error instanceof ActionFailed);
    assert.equal(error.reason, 'there is nobody');
    assert.deepEqual(error.output.logs, ['working']);
    return true;
  });
});

test('resources are files, and images are told in YAML', async () => {
  await using harness = new Harness(TraceCharm);
  harness.addResource('blob', Uint8Array.of(1, 2));
  harness.populateOciResources();
  await harness.begin();
  const blob = await harness.model.fetchResource('blob');
  assert.match(blob, /blob\.bin$/);
  assert.deepEqual([...readFileSync(blob)], [1, 2]);
  assert.match(readFileSync(await harness.model.fetchResource('image'), 'utf8'), /registrypath: registrypath/);
  harness.cleanup();
  assert.equal(existsSync(blob), false);
});

test('networks of an endpoint, of a relation, and for all', async () => {
  const harness = new Harness(TraceCharm);
  const db = await harness.addRelation('db', 'postgresql');
  await harness.begin();
  const relation = await harness.model.relation('db', db);
  assert.equal((await harness.model.binding('db')).bindAddress, '192.0.2.0');
  assert.equal((await harness.model.binding(relation)).bindAddress, '10.0.0.10');
  harness.addNetwork('2001:db8::7', { endpoint: 'db' });
  assert.deepEqual((await harness.model.binding('db')).egressSubnets, ['2001:db8::/64']);
  harness.addNetwork('172.16.3.4', { interface: 'lan', ingressAddresses: ['1.2.3.4'] });
  const site = await harness.model.binding('site');
  assert.deepEqual(
    [site.bindAddress, site.ingressAddress, site.egressSubnets],
    ['172.16.3.4', '1.2.3.4', ['172.16.3.0/24']],
  );
  assert.equal(site.interfaces[0]?.name, 'lan');
  assert.throws(() => harness.addNetwork('1.2.3.4', { endpoint: 'nope' }), /cannot find endpoint nope/);
  assert.throws(() => harness.addNetwork('1.2.3.4', { relationId: db }), /give both/);
});

test('the model has the name, id, cloud and number of units that the test gives it', async () => {
  const harness = new Harness(TraceCharm);
  harness.setModelInfo({ name: 'prod', uuid: '11111111-2222-4333-8444-555555555555' });
  harness.setCloudSpec(new CloudSpec('lxd', { name: 'here' }));
  const cluster = await harness.addRelation('cluster', 'trace');
  await harness.addRelationUnit(cluster, 'trace/1');
  await harness.begin();
  assert.equal(harness.model.name, 'prod');
  assert.equal(harness.charm.model.uuid, '11111111-2222-4333-8444-555555555555');
  assert.equal((await harness.model.cloudSpec()).name, 'here');
  assert.equal(await harness.charm.app.plannedUnits(), 2);
  harness.setPlannedUnits(5);
  assert.equal(await harness.charm.app.plannedUnits(), 5);
  harness.resetPlannedUnits();
  assert.equal(await harness.charm.app.plannedUnits(), 2);
});

test('metadata may be YAML, and what the charm prints is in its log', async () => {
  class Plain extends CharmBase {
    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.configChanged, this.#onConfig);
    }

    async #onConfig(): Promise<void> {
      console.warn('level', (await this.config())['level']);
      await this.unit.setWorkloadVersion('1.2');
      await this.unit.reboot();
    }
  }
  const harness = new Harness(Plain, {
    meta: `
      name: plain
      requires:
        db: {interface: sql}
    `,
    config: '{options: {level: {type: string, default: low}}}',
  });
  await harness.begin();
  await harness.updateConfig({ level: 'high' });
  assert.equal(harness.charm.unit.name, 'plain/0');
  assert.equal(harness.getWorkloadVersion(), '1.2');
  assert.equal(harness.rebootCount, 1);
  assert(harness.jujuLog.some(({ level, message }) => level === 'WARNING' && message === 'level high'));
  assert.throws(() => new Harness(Plain, { meta: '- a list' }), /it has to be a mapping/);
});

test('a handler that ends its dispatch ends the call, and the next event comes as ever', async () => {
  class Strict extends CharmBase {
    readonly seen: string[] = [];

    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.configChanged, this.#onConfig);
      this.observe(this.on.leaderElected, this.#onLeader);
    }

    async #onConfig(): Promise<void> {
      this.seen.push('before');
      await this.loadConfig(positive, { errors: 'blocked' });
      this.seen.push('after');
    }

    async #onLeader(): Promise<void> {
      await this.unit.reboot({ now: true });
      this.seen.push('rebooted');
    }
  }
  const harness = new Harness(Strict, { config: '{options: {port: {type: int, default: 1}}}' });
  await harness.begin();
  await harness.updateConfig({ port: -1 });
  assert.deepEqual(await harness.model.unit.status(), new BlockedStatus('Invalid config: port is not positive'));
  await harness.updateConfig({ port: 2 });
  await harness.setLeader();
  assert.deepEqual(harness.charm.seen, ['before', 'before', 'after']);
  assert.equal(harness.rebootCount, 1);
});

const positive = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) =>
      (value as { readonly port: number }).port > 0 ? { value } : { issues: [{ message: 'port is not positive' }] },
  },
} as const;
