// Configuration, leadership, status, ports and networks, as a handler sees them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inHandler } from '../../test/in-handler.ts';
import { isLeader, openPort } from '../hook-commands.ts';
import { ActiveStatus, BlockedStatus, ErrorStatus, UnknownStatus, WaitingStatus } from './status.ts';

test('the configuration is read once in a dispatch', async () => {
  const { runner } = await inHandler(
    async (charm) => {
      const [first, second] = await Promise.all([charm.config(), charm.config()]);
      assert.deepEqual(first, { port: 80, debug: false });
      assert.equal(second, first);
      assert.equal(await charm.model.config(), first);
    },
    { answers: { 'config-get': '{"port":80,"debug":false,"title":null}' } },
  );
  assert.deepEqual(runner.lines, ['config-get --format=json']);
});

test('a failure is not remembered', async () => {
  let answers = 0;
  const once = {
    get 'config-get'() {
      answers += 1;
      return answers === 1 ? { code: 1, stderr: 'ERROR try again' } : '{}';
    },
  };
  await inHandler(
    async (charm) => {
      await assert.rejects(async () => await charm.config(), { code: 'hook-command-failed' });
      assert.deepEqual(await charm.config(), {});
    },
    { answers: once },
  );
});

test('the leader is asked for again when its lease may have ended, counted from before the question', async () => {
  let now = 1_000;
  const { runner } = await inHandler(
    async ({ unit }) => {
      assert.equal(await unit.isLeader(), true);
      now += 29_999;
      assert.equal(await unit.isLeader(), true);
      now += 1;
      assert.equal(await unit.isLeader(), true);
    },
    {
      answers: { 'is-leader': 'true' },
      clock: { now: () => now },
    },
  );
  assert.deepEqual(runner.lines, ['is-leader --format=json', 'is-leader --format=json']);
});

test('who asks for the leader at the same time asks once, and a failure is not remembered', async () => {
  let answers = 0;
  const answer = {
    get 'is-leader'() {
      answers += 1;
      return answers === 1 ? { code: 1, stderr: 'ERROR lease unknown' } : 'true';
    },
  };
  const { runner } = await inHandler(
    async ({ unit }) => {
      await assert.rejects(async () => unit.isLeader(), { code: 'hook-command-failed' });
      assert.deepEqual(await Promise.all([unit.isLeader(), unit.isLeader()]), [true, true]);
    },
    { answers: answer },
  );
  assert.equal(runner.lines.length, 2);
});

test("the unit's status is read once, and known after it was set", async () => {
  const { runner } = await inHandler(
    async ({ unit }) => {
      const status = await unit.status();
      assert.ok(status.equals(new WaitingStatus('for db')));
      assert.equal(await unit.status(), status);
      const active = new ActiveStatus('serving');
      await unit.setStatus(active);
      assert.equal(await unit.status(), active);
      await assert.rejects(async () => await unit.setStatus(new UnknownStatus()), { code: 'invalid-status' });
      await assert.rejects(async () => await unit.setStatus(new ErrorStatus('x')), { code: 'invalid-status' });
    },
    { answers: { 'status-get': '{"status":"waiting","message":"for db","status-data":{}}' } },
  );
  assert.deepEqual(runner.lines, [
    'status-get --format=json --include-data --application=false',
    'status-set --application=false active -- serving',
  ]);
});

test("the application's status is the leader's alone", async () => {
  const follower = await inHandler(
    async ({ app }) => {
      const refused = { code: 'not-leader', message: /web\/0 is not the leader/ };
      await assert.rejects(async () => await app.status(), refused);
      await assert.rejects(async () => await app.setStatus(new ActiveStatus()), refused);
    },
    { answers: { 'is-leader': 'false' } },
  );
  assert.deepEqual(follower.runner.lines, ['is-leader --format=json']);
  const leader = await inHandler(
    async ({ app }) => {
      assert.ok((await app.status()).equals(new BlockedStatus('x')));
      await app.setStatus(new ActiveStatus());
    },
    { answers: { 'is-leader': 'true', 'status-get': '{"application-status":{"status":"blocked","message":"x"}}' } },
  );
  assert.deepEqual(leader.runner.lines.slice(1), [
    'status-get --format=json --include-data --application=true',
    'status-set --application=true active -- ',
  ]);
});

test('ports are set by closing what is open too much and opening what is missing', async () => {
  const { runner } = await inHandler(
    async ({ unit }) => {
      await unit.setPorts(443, { protocol: 'udp', port: 100, toPort: 200 }, 443, { protocol: 'icmp' });
    },
    { answers: { 'opened-ports': '["80/tcp","443/tcp","443/udp","icmp"]' } },
  );
  const [asked, ...changes] = runner.lines;
  assert.equal(asked, 'opened-ports --format=json');
  assert.deepEqual(changes.toSorted(), ['close-port 443/udp', 'close-port 80/tcp', 'open-port 100-200/udp']);
});

test('no ports close all, and a bad one changes none', async () => {
  const answers = { 'opened-ports': '["80/tcp"]' };
  const { runner } = await inHandler(
    async ({ unit }) => {
      await assert.rejects(async () => await unit.setPorts(443, 70_000), { code: 'bad-port' });
      await unit.setPorts();
    },
    { answers },
  );
  assert.deepEqual(runner.lines, ['opened-ports --format=json', 'close-port 80/tcp']);
});

test('overlapping changes of ports act in call order', async () => {
  const { runner } = await inHandler(
    async ({ unit }) => {
      await Promise.all([unit.setPorts(), unit.openPort({ protocol: 'tcp', port: 80 })]);
      assert.deepEqual(await unit.openedPorts(), [{ protocol: 'tcp', port: 80 }]);
    },
    { answers: { 'opened-ports': '["80/tcp"]' } },
  );
  assert.deepEqual(runner.lines.slice(0, 3), ['opened-ports --format=json', 'close-port 80/tcp', 'open-port 80/tcp']);
});

test('overlapping calls reach Juju in call order', async () => {
  const { runner } = await inHandler(async ({ unit }) => {
    await Promise.all([
      unit.setStatus(new WaitingStatus('1')),
      unit.setWorkloadVersion('2'),
      unit.setStatus(new WaitingStatus('3')),
      unit.openPort({ protocol: 'tcp', port: 4 }),
    ]);
  });
  assert.deepEqual(runner.lines, [
    'status-set --application=false waiting -- 1',
    'application-version-set -- 2',
    'status-set --application=false waiting -- 3',
    'open-port 4/tcp',
  ]);
});

test('a container that the charm does not declare is refused', async () => {
  const meta = { name: 'web', containers: { web: null } };
  await inHandler(
    ({ unit }) => {
      assert.equal(unit.container('web'), unit.container('web'));
      assert.throws(() => unit.container('sidecar'), { code: 'unknown-container', message: /sidecar.*web/ });
    },
    { meta },
  );
});

test('the model knows who and where we are', async () => {
  await inHandler(
    ({ model, unit, app }) => {
      assert.deepEqual([model.name, model.uuid, unit.name, app.name], ['test', 'u-1', 'web/0', 'web']);
      assert.equal(unit.app, app);
      assert.equal(model.unit, unit);
      assert.equal(model.jujuVersion.toString(), '3.6.14');
      assert.deepEqual([unit.machineId, unit.availabilityZone, unit.principal?.name], ['0/lxd/1', 'a', 'sql/3']);
      assert.deepEqual(model.proxies, { http: 'http://p', https: undefined, ftp: undefined, no: '10.0.0.0/8' });
    },
    {
      environment: {
        JUJU_MODEL_UUID: 'u-1',
        JUJU_MACHINE_ID: '0/lxd/1',
        JUJU_AVAILABILITY_ZONE: 'a',
        JUJU_PRINCIPAL_UNIT: 'sql/3',
        JUJU_CHARM_HTTP_PROXY: 'http://p',
        JUJU_CHARM_NO_PROXY: '10.0.0.0/8',
      },
    },
  );
});

test('a resource is fetched once in a dispatch', async () => {
  const meta = { name: 'web', resources: { image: { type: 'oci-image' as const } } };
  const { runner } = await inHandler(
    async ({ model }) => {
      assert.equal(await model.fetchResource('image'), '/srv/image.json');
      assert.equal(await model.fetchResource('image'), '/srv/image.json');
      await assert.rejects(async () => model.fetchResource('db'), { code: 'unknown-resource', message: /db.*image/ });
    },
    { meta, answers: { 'resource-get': '/srv/image.json\n' } },
  );
  assert.deepEqual(runner.lines, ['resource-get image']);
});

test('units that are going do not count as planned', async () => {
  const answer = '{"units":{"web/0":{"status":"active"},"web/1":{"status":"dying"},"web/2":{"status":"waiting"}}}';
  await inHandler(
    async ({ app, model }) => {
      assert.equal(await app.plannedUnits(), 2);
      assert.equal((await model.goalState()).units['web/1']?.status, 'dying');
    },
    { answers: { 'goal-state': answer } },
  );
});

test('the cloud is told to a charm that is trusted', async () => {
  await inHandler(
    async ({ model }) => {
      const { type, credential } = await model.cloudSpec();
      assert.deepEqual([type, credential?.authType], ['lxd', 'certificate']);
    },
    { answers: { 'credential-get': '{"type":"lxd","name":"a","credential":{"auth-type":"certificate","attrs":{}}}' } },
  );
  await inHandler(
    async ({ model }) => {
      await assert.rejects(async () => model.cloudSpec(), { code: 'permission-denied' });
    },
    { answers: { 'credential-get': { code: 1, stderr: 'ERROR cannot access cloud credentials: permission denied' } } },
  );
});

test('hook commands without the model go through the same runner, and a forgotten await is found', async () => {
  const { runner, log } = await inHandler(
    async (charm) => {
      assert.equal(await isLeader(charm.hookRunner), true);
      void openPort(charm.hookRunner, { protocol: 'tcp', port: 80 });
    },
    { answers: { 'is-leader': 'true' } },
  );
  assert.deepEqual(runner.lines, ['is-leader --format=json', 'open-port 80/tcp']);
  assert.ok(log.some(({ level, message }) => level === 'WARNING' && message.includes('did not await open-port')));
});
