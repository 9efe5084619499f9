// The functions of `@charmed/ops/hookcmds` and the simulated Juju understand each other, in both directions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import * as hookcmds from '@charmed/ops/hookcmds';
import { hookCommandNames, simulatedRunner } from '@charmed/sim/juju';
import {
  addApplication,
  applyEffect,
  beginAction,
  beginHook,
  commitHook,
  emptyModel,
  enqueueAction,
  HookDraft,
  integrate,
  nextEvent,
  NO_CHANGES,
  provisionStorage,
  settle,
  type HookEffect,
  type ModelState,
} from '@charmed/sim/model';

const AT = '2030-01-02T03:04:05.000Z';

const WEB = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  storage: { data: { type: 'filesystem', multiple: { range: '1-3' } } },
  resources: { image: { type: 'file', filename: 'image' } },
  config: { options: { port: { type: 'int', default: 80 }, title: { type: 'string' } } },
  actions: { backup: { params: { level: { type: 'integer', default: 3 } } } },
} as const;
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };

const CLOUD = {
  type: 'lxd',
  name: 'localhost',
  credential: { 'auth-type': 'certificate', attrs: { 'client-key': 'k' }, redacted: ['trust-password'] },
};

function model(): ModelState {
  let state = emptyModel({
    name: 'test',
    uuid: '00000000-0000-4000-8000-000000000001',
    version: '3.6.14',
    cloud: CLOUD,
  });
  const resources = { image: '/srv/image' };
  state = addApplication(state, { name: 'web', charm: WEB, resources, trusted: true, units: 2 }, AT);
  state = addApplication(state, { name: 'sql', charm: SQL }, AT);
  state = settle(integrate(state, 'web:db', 'sql:db'));
  for (const id of Object.keys(state.storage)) state = provisionStorage(state, id, `/srv/${id}`);
  return settled(state);
}

/** Every unit has run its hooks, and done nothing in them. */
function settled(state: ModelState): ModelState {
  for (const unit of Object.keys(state.units)) {
    const event = nextEvent(state, unit);
    if (event === undefined) continue;
    const base = beginHook(state, unit, event, AT);
    return settled(commitHook(base, { unit, event, base }, NO_CHANGES, AT));
  }
  return state;
}

function runnerFor(state: ModelState, unit = 'web/0', event: HookDraft['hook']['event'] = { kind: 'update-status' }) {
  const sink = { effect: () => undefined, log: () => undefined };
  return simulatedRunner(new HookDraft({ unit, event, base: state }, sink));
}

test('what a charm asks of its model', async () => {
  const juju = runnerFor(model());
  assert.deepEqual(await hookcmds.configGet(juju), { port: 80 });
  assert.equal(await hookcmds.configGet(juju, 'port'), 80);
  assert.equal(await hookcmds.configGet(juju, 'title'), undefined);
  assert.equal(await hookcmds.isLeader(juju), true);
  assert.equal(await hookcmds.resourceGet(juju, 'image'), '/srv/image');
  const { type, credential } = await hookcmds.credentialGet(juju);
  assert.deepEqual([type, credential?.authType, credential?.redacted], ['lxd', 'certificate', ['trust-password']]);
  const { units, relations } = await hookcmds.goalState(juju);
  assert.deepEqual(Object.keys(units), ['web/0', 'web/1']);
  assert.deepEqual(Object.keys(relations['db'] ?? {}), ['sql', 'sql/0']);
  await assert.rejects(async () => hookcmds.resourceGet(juju, 'none'), hookcmds.HookCommandError);
});

test('what it tells it', async () => {
  const juju = runnerFor(model());
  await hookcmds.applicationVersionSet(juju, '1.2');
  await hookcmds.statusSet(juju, { status: 'active', message: '-x ü' });
  await hookcmds.statusSet(juju, { status: 'waiting', message: '' }, { app: true });
  await hookcmds.jujuLog(juju, 'INFO', '--x');
  await hookcmds.stateSet(juju, { a: 'ü\n', b: '' });
  assert.deepEqual(await hookcmds.stateGet(juju), { a: 'ü\n', b: '' });
  assert.deepEqual([await hookcmds.stateGet(juju, 'a'), await hookcmds.stateGet(juju, 'none')], ['ü\n', '']);
  await hookcmds.stateDelete(juju, 'a');
  assert.deepEqual(await hookcmds.stateGet(juju), { b: '' });
  await assert.rejects(async () => hookcmds.stateSet(juju, { ['k'.repeat(257)]: '' }), { code: 'quota-exceeded' });
});

test('ports, in every form', async () => {
  const juju = runnerFor(model());
  const ports: readonly hookcmds.Port[] = [
    { protocol: 'icmp' },
    { protocol: 'tcp', port: 80 },
    { protocol: 'udp', port: 100, toPort: 200 },
  ];
  for (const port of ports) await hookcmds.openPort(juju, port);
  await hookcmds.openPort(juju, { protocol: 'tcp', port: 5432, endpoints: ['db'] });
  const opened = await hookcmds.openedPorts(juju);
  for (const port of ports) assert.ok(opened.some((each) => JSON.stringify(each) === JSON.stringify(port)));
  const detailed = await hookcmds.openedPorts(juju, { endpoints: true });
  assert.deepEqual(detailed.find(({ port }) => port === 5432)?.endpoints, ['db']);
  assert.deepEqual(detailed.find(({ port }) => port === 80)?.endpoints, ['*']);
  for (const port of ports) await hookcmds.closePort(juju, port);
  assert.deepEqual(
    (await hookcmds.openedPorts(juju)).map(({ port }) => port),
    [5432],
  );
});

test('relations and their networks', async () => {
  const juju = runnerFor(model());
  const [id = -1] = await hookcmds.relationIds(juju, 'db');
  const relation = `db:${id}`;
  assert.equal(await hookcmds.relationApplication(juju, { relation }), 'sql');
  assert.deepEqual(await hookcmds.relationList(juju, { relation }), ['sql/0']);
  assert.match((await hookcmds.relationModelGet(juju, { relation })).uuid, /^[0-9a-f-]{36}$/);
  await hookcmds.relationSet(juju, { a: 'ü\n', gone: '' }, { relation });
  await hookcmds.relationSet(juju, { a: '1' }, { relation: String(id), app: true });
  assert.equal(await hookcmds.relationGet(juju, { relation, member: 'web/0', key: 'a' }), 'ü\n');
  assert.equal(await hookcmds.relationGet(juju, { relation, member: 'web/0', key: 'gone' }), undefined);
  assert.deepEqual(await hookcmds.relationGet(juju, { relation, member: 'web', app: true }), { a: '1' });
  const network = await hookcmds.networkGet(juju, 'db', { relation: String(id) });
  assert.deepEqual(network, await hookcmds.networkGet(juju, 'db'));
  assert.equal(network.bindAddresses[0]?.addresses[0]?.value, network.ingressAddresses[0]);
  assert.equal(await hookcmds.unitGet(juju, 'private-address'), network.ingressAddresses[0]);
  const gone = { relation: 'db:99' };
  for (const ask of [
    () => hookcmds.relationList(juju, gone),
    () => hookcmds.relationGet(juju, { ...gone, member: 'sql/0' }),
    () => hookcmds.relationModelGet(juju, gone),
    () => hookcmds.networkGet(juju, 'db', { relation: '99' }),
  ]) {
    await assert.rejects(async () => ask(), hookcmds.RelationNotFoundError);
  }
});

test('a unit that does not lead is told so', async () => {
  const juju = runnerFor(model(), 'web/1');
  assert.equal(await hookcmds.isLeader(juju), false);
  for (const ask of [
    () => hookcmds.relationSet(juju, { a: '1' }, { relation: 'db:0', app: true }),
    () => hookcmds.statusGet(juju, { app: true }),
    () => hookcmds.statusSet(juju, { status: 'active', message: '' }, { app: true }),
    () => hookcmds.secretAdd(juju, { password: 'x' }, { owner: 'application' }),
  ]) {
    await assert.rejects(async () => ask(), { code: 'not-leader' });
  }
});

test('leader settings are there at once, for all units of the application', async () => {
  let state = model();
  const sink = {
    effect: (effect: HookEffect) => (state = applyEffect(state, 'web/0', effect, AT)),
    log: () => undefined,
  };
  const leader = simulatedRunner(new HookDraft({ unit: 'web/0', event: { kind: 'update-status' }, base: state }, sink));
  assert.deepEqual(await hookcmds.leaderGet(leader), {});
  await hookcmds.leaderSet(leader, { address: '10.0.0.1', '-x': 'a=b', gone: 'soon' });
  await hookcmds.leaderSet(leader, { gone: '' });
  const settings = { address: '10.0.0.1', '-x': 'a=b' };
  assert.deepEqual(await hookcmds.leaderGet(leader), settings);
  const other = runnerFor(state, 'web/1');
  assert.deepEqual(await hookcmds.leaderGet(other), settings);
  assert.equal(await hookcmds.leaderGet(other, 'address'), '10.0.0.1');
  assert.equal(await hookcmds.leaderGet(other, 'constructor'), undefined);
  await assert.rejects(async () => hookcmds.leaderSet(other, { a: '1' }), { code: 'not-leader' });
});

test('what Juju 3.6 still knows and makes nothing of', async () => {
  const juju = runnerFor(model());
  const refused = (what: () => PromiseLike<unknown>, stderr: string) =>
    assert.rejects(async () => what(), { code: 'hook-command-failed', stderr });
  await refused(
    () => hookcmds.addMetric(juju, { users: 1 }, { zone: 'a' }),
    'cannot record metric: metrics not allowed in this context',
  );
  const payload = { type: 'docker', class: 'monitoring', id: '7f' };
  await refused(() => hookcmds.payloadRegister(juju, payload), 'payload "monitoring" not found in metadata.yaml');
  await refused(() => hookcmds.payloadStatusSet(juju, payload, 'running'), 'monitoring/7f not found');
  await refused(() => hookcmds.payloadUnregister(juju, payload), 'monitoring/7f not found');
  await hookcmds.k8sSpecSet(juju, 'version: 3');
  await hookcmds.podSpecSet(juju, 'version: 3');
  await hookcmds.k8sRawSet(juju, 'a: 1');
  await refused(
    () => hookcmds.k8sSpecSet(juju, ''),
    'no k8s spec specified: pipe k8s spec to command, or specify a file with --file',
  );
  for (const get of [hookcmds.k8sSpecGet, hookcmds.podSpecGet, hookcmds.k8sRawGet]) {
    await refused(() => get(juju), 'k8s spec not found');
  }
  const other = runnerFor(model(), 'web/1');
  await assert.rejects(async () => hookcmds.k8sRawSet(other, 'a: 1'), { code: 'not-leader' });
});

test('each function runs a command that the simulated Juju knows', () => {
  const functions = Object.keys(hookcmds).filter((name) => /^[a-z]/.test(name));
  const commands = hookCommandNames.map((name) => name.replaceAll(/-[a-z0-9]/g, (part) => part.slice(1).toUpperCase()));
  // One is relation-list with a flag, the other no command.
  assert.deepEqual(functions.toSorted(), [...commands, 'hookRunner', 'relationApplication'].toSorted());
});

// Juju takes `-` for all keys, and reads `=` out of those of leader settings.
test('any key is found again, whatever it begins with', async () => {
  const key = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.constantFrom('-r', '--', '--app', '--format=yaml', '-s=x', '---', '-'.repeat(9), 'constructor'),
  );
  await fc.assert(
    fc.asyncProperty(key, fc.string({ minLength: 1 }), async (name, value) => {
      fc.pre(name !== '-');
      const juju = runnerFor(model());
      await hookcmds.stateSet(juju, { [name]: value });
      assert.equal(await hookcmds.stateGet(juju, name), value);
      await hookcmds.stateDelete(juju, name);
      assert.equal(await hookcmds.stateGet(juju, name), '');
      await assert.rejects(async () => hookcmds.stateGet(juju, name, { strict: true }), { stderr: /not found$/ });
      const relation = 'db:0';
      await hookcmds.relationSet(juju, { [name]: value }, { relation });
      assert.equal(await hookcmds.relationGet(juju, { relation, member: 'web/0', key: name }), value);
      assert.equal(await hookcmds.relationGet(juju, { relation, member: 'sql/0', key: name }), undefined);
      if (!name.includes('=')) assert.equal(await hookcmds.leaderGet(juju, name), undefined);
    }),
    { numRuns: 60 },
  );
});

test('storage', async () => {
  const juju = runnerFor(model());
  assert.deepEqual(await hookcmds.storageGet(juju, 'data/0'), { kind: 'filesystem', location: '/srv/data/0' });
  assert.deepEqual(await hookcmds.storageList(juju, 'data'), await hookcmds.storageList(juju));
  await hookcmds.storageAdd(juju, { data: 1 });
  await assert.rejects(async () => hookcmds.storageGet(juju, 'data/9'), hookcmds.HookCommandError);
});

test('the whole life of a secret', async () => {
  const juju = runnerFor(model());
  const content = { password: 'hunter2=#\n', 'user-name': 'ü' };
  const settings = {
    label: 'own',
    description: 'of web',
    rotate: 'daily',
    expire: new Date('2040-01-01T00:00:00Z'),
  } as const;
  const id = await hookcmds.secretAdd(juju, content, settings);
  assert.match(id, /^secret:/);
  assert.deepEqual(await hookcmds.secretGet(juju, { id }), content);
  assert.deepEqual(await hookcmds.secretGet(juju, { label: 'own' }), content);
  const info = await hookcmds.secretInfoGet(juju, { label: 'own' });
  assert.deepEqual(await hookcmds.secretIds(juju), [info.id]);
  assert.deepEqual(
    [info.label, info.description, info.rotation, info.expires, info.revision, info.owner],
    ['own', 'of web', 'daily', settings.expire, 1, 'application'],
  );
  await hookcmds.secretGrant(juju, id, { relation: 0 });
  await hookcmds.secretSet(juju, id, { content: { password: 'hunter3' }, rotate: 'never' });
  assert.deepEqual(await hookcmds.secretGet(juju, { id }, { peek: true }), { password: 'hunter3' });
  assert.deepEqual(await hookcmds.secretGet(juju, { id }, { refresh: true }), { password: 'hunter3' });
  await hookcmds.secretRevoke(juju, id, { relation: 0 });
  await assert.rejects(async () => hookcmds.secretGrant(juju, id, { relation: 99 }), hookcmds.RelationNotFoundError);
  await hookcmds.secretRemove(juju, id, { revision: 1 });
  await hookcmds.secretRemove(juju, id);
  await assert.rejects(
    async () => hookcmds.secretGet(juju, { id: 'secret:cvq00000000000000000' }),
    hookcmds.SecretNotFoundError,
  );
});

test('an action', async () => {
  const { state, task } = enqueueAction(model(), 'web/0', 'backup', { level: 3, name: 'x' }, AT);
  const juju = runnerFor(beginAction(state, task.id, AT), 'web/0', { kind: 'action', action: 'backup', task: task.id });
  assert.deepEqual(await hookcmds.actionGet(juju), { level: 3, name: 'x' });
  assert.equal(await hookcmds.actionGet(juju, 'level'), 3);
  await hookcmds.actionLog(juju, '--x');
  await hookcmds.actionSet(juju, { size: { bytes: 3 }, text: 'a=b\n' });
  await hookcmds.actionFail(juju, 'no disk');
  const elsewhere = runnerFor(model());
  await assert.rejects(async () => hookcmds.actionGet(elsewhere), { code: 'not-in-action' });
});
