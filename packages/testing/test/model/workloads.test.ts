// What happens in the containers of a model, and what their units are told of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  MaintenanceStatus,
  type Framework,
  type MetaSource,
} from '@charmed/ops';
import { CheckInfo, CloudCredential, CloudSpec, Container, Exec, Model, Resource } from '../../src/index.ts';

const meta = { name: 'app', containers: { main: {}, side: {} }, resources: { data: { type: 'file' } } } as const;
const LAYER = {
  services: { main: { override: 'replace', command: 'serve', startup: 'enabled' } },
  checks: { alive: { override: 'replace', http: { url: 'http://localhost/' }, startup: 'enabled' } },
} as const;

class WatchfulCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;

  constructor(framework: Framework) {
    super(framework);
    const main = this.on.container('main');
    this.observe(main.pebbleReady, this.#onReady);
    this.observe(main.pebbleCheckFailed, this.#onFailed);
    this.observe(main.pebbleCheckRecovered, this.#onRecovered);
    this.observe(main.pebbleCustomNotice, this.#onNotice);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onReady(): Promise<void> {
    const main = this.unit.container('main');
    await main.addLayer('app', LAYER, { combine: true });
    await main.replan();
    const version = await main.exec(['app', '--version']).waitOutput();
    await this.unit.setWorkloadVersion(version.stdout);
    await this.unit.setStatus(new ActiveStatus());
  }

  async #onFailed(): Promise<void> {
    const check = await this.unit.container('main').getCheck('alive');
    await this.unit.setStatus(new MaintenanceStatus(`alive is ${check.status} ${check.failures}/${check.threshold}`));
  }

  async #onRecovered(): Promise<void> {
    await this.unit.setStatus(new ActiveStatus('recovered'));
  }

  async #onNotice(): Promise<void> {
    await this.unit.setStatus(new ActiveStatus('noticed'));
  }

  async #onUpdateStatus(): Promise<void> {
    const main = this.unit.container('main');
    if (await main.canConnect()) await main.notify('custom', 'example.com/tick');
    else await this.unit.setStatus(new BlockedStatus('no Pebble'));
  }
}

/** Nothing is known of its metadata. */
class AnyCharm extends CharmBase {
  static readonly meta: MetaSource = { name: 'any', containers: { main: {} } };
}

const ANSWERING = new Container('main', { execs: [new Exec(['app', '--version'], { stdout: '1.2' })] });

async function deployed(): Promise<Model> {
  const model = new Model();
  model.deploy(WatchfulCharm, { containers: [ANSWERING] });
  await model.settle();
  return model;
}

test('containers come up with their unit, and commands answer as they are scripted', async () => {
  const model = new Model();
  model.deploy(WatchfulCharm, { containers: [ANSWERING] });
  assert.deepEqual(await model.settle(), [
    'app/0 install',
    'app/0 leader-elected',
    'app/0 main-pebble-ready',
    'app/0 side-pebble-ready',
    'app/0 config-changed',
    'app/0 start',
  ]);
  assert.equal(model.application('app').workloadVersion, '1.2');
  assert.deepEqual(
    model.execHistory.map(({ unit, container, command }) => ({ unit, container, command })),
    [{ unit: 'app/0', container: 'main', command: ['app', '--version'] }],
  );
});

test('a check that fails and recovers is told, once each', async () => {
  const model = await deployed();
  await model.failCheck('app/0', 'main', 'alive');
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-check-failed']);
  assert.deepEqual(model.unit('app/0').status, new MaintenanceStatus('alive is down 3/3'));
  await model.failCheck('app/0', 'main', 'alive');
  assert.deepEqual(await model.settle(), []);
  model.advance(300_000);
  await model.settle(); // its hook talks to Pebble, in which the check still fails
  assert.equal(model.unit('app/0').containers[0]?.checkInfo('alive').status, 'down');
  await model.passCheck('app/0', 'main', 'alive');
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-check-recovered']);
  assert.deepEqual(model.unit('app/0').status, new ActiveStatus('recovered'));
});

test('a notice is told again after its time, by the clock of the model', async () => {
  const model = await deployed();
  const notify = () => model.pebbleNotify('app/0', 'main', 'example.com/a', { repeatAfterMs: 60_000 });
  await notify();
  await notify();
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-custom-notice']);
  model.advance(30_000);
  await notify();
  assert.deepEqual(await model.settle(), []);
  model.advance(60_000);
  await notify();
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-custom-notice']);
  await model.pebbleNotify('app/0', 'main', 'example.com/b');
  await model.settle();
  await model.pebbleNotify('app/0', 'main', 'example.com/b');
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-custom-notice']);
});

test('a notice that a hook records is told when the hook has ended', async () => {
  const model = await deployed();
  model.advance(300_000);
  assert.deepEqual(await model.settle(), ['app/0 update-status', 'app/0 main-pebble-custom-notice']);
});

test('a container that starts anew is as at the beginning, and is told of', async () => {
  const model = await deployed();
  await model.failCheck('app/0', 'main', 'alive');
  await model.settle();
  model.restartContainer('app/0', 'main');
  assert.deepEqual(model.unit('app/0').containers[0]?.serviceStatuses, {});
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-ready']);
  assert.deepEqual(model.unit('app/0').containers[0]?.serviceStatuses, { main: 'active' });
  assert.equal(model.unit('app/0').containers[0]?.checkInfo('alive').status, 'up');
});

test('a Pebble that does not answer is seen by the charm', async () => {
  const model = await deployed();
  model.setCanConnect('app/0', 'main', false);
  model.advance(300_000);
  assert.deepEqual(await model.settle(), ['app/0 update-status']);
  assert.deepEqual(model.unit('app/0').status, new BlockedStatus('no Pebble'));
  model.setCanConnect('app/0', 'main', true);
  model.advance(300_000);
  assert.deepEqual(await model.settle(), ['app/0 update-status', 'app/0 main-pebble-custom-notice']);
});

test('a check that is down at the beginning stays so until it passes', async () => {
  const main = ANSWERING.with({
    layers: { image: LAYER },
    checkInfos: [new CheckInfo('alive', { status: 'down', failures: 3 })],
  });
  const model = new Model();
  model.deploy(WatchfulCharm, { containers: [main] });
  await model.settle();
  model.advance(300_000);
  await model.settle();
  assert.equal(model.unit('app/0').containers[0]?.checkInfo('alive').status, 'down');
  await model.passCheck('app/0', 'main', 'alive');
  assert.deepEqual(await model.settle(), ['app/0 main-pebble-check-recovered']);
});

test('a refresh brings the containers that the charm has not had before', async () => {
  class GrownCharm extends CharmBase {
    static readonly meta = { name: 'app', containers: { main: {}, side: {}, extra: {} } };
  }
  const model = await deployed();
  model.refresh('app', GrownCharm);
  assert.deepEqual(await model.settle(), ['app/0 extra-pebble-ready', 'app/0 upgrade-charm', 'app/0 config-changed']);
  assert.deepEqual(
    model.unit('app/0').containers.map(({ name }) => name),
    ['main', 'side', 'extra'],
  );
});

test('what is not there is refused by name', async () => {
  const model = await deployed();
  await assert.rejects(
    model.failCheck('app/0', 'main', 'nope'),
    /cannot find check "nope" in main of app\/0: .* alive/,
  );
  await assert.rejects(
    model.failCheck('app/0', 'nope', 'alive'),
    /cannot find container "nope" of app\/0: it has main, side/,
  );
  await assert.rejects(model.pebbleNotify('app/0', 'main', 'nodomain'), /key/);
  model.setCanConnect('app/0', 'main', false);
  await assert.rejects(model.failCheck('app/0', 'main', 'alive'), { code: 'no-pebble' });
  await assert.rejects(model.pebbleNotify('app/0', 'main', 'a.b/c'), { code: 'no-pebble' });
  assert.throws(() => model.advance(-1), { code: 'bad-time' });
  assert.throws(
    () => model.deploy(AnyCharm, { name: 'other', containers: [new Container('typo')] }),
    /cannot deploy other with container "typo": its charm declares main/,
  );
  await assert.rejects(model.pebbleNotify('app/9', 'main', 'a.b/c'), { code: 'unknown-unit' });
  assert.throws(() => model.restartContainer('app/0', 'nope'), { code: 'unknown-container' });
});

test('an application that is refused leaves the charms as they are', async () => {
  class Other extends CharmBase {
    static readonly meta = { name: 'app' };
  }
  const model = await deployed();
  assert.throws(() => model.deploy(Other), { code: 'application-exists' });
  model.restartContainer('app/0', 'main');
  await model.settle();
  assert.deepEqual(model.unit('app/0').containers[0]?.serviceStatuses, { main: 'active' });
});

test('an application that is trusted knows the cloud; resources are where the deployment says', async () => {
  class CloudCharm extends CharmBase<typeof meta> {
    static readonly meta: typeof meta = meta;

    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
    }

    async #onStart(): Promise<void> {
      const spec = await this.model.cloudSpec();
      const path = await this.model.fetchResource('data');
      await this.unit.setStatus(new ActiveStatus(`${spec.name} ${spec.credential?.authType} ${path}`));
    }
  }
  const credential = new CloudCredential({ authType: 'certificate' });
  const model = new Model({ cloudSpec: new CloudSpec('lxd', { name: 'here', credential }) });
  model.deploy(CloudCharm, { trusted: true, resources: [new Resource('data', { path: '/data.bin' })] });
  model.deploy(CloudCharm, { name: 'other' });
  await assert.rejects(model.settle(), /permission denied/);
  assert.deepEqual(model.unit('app/0').status, new ActiveStatus('here certificate /data.bin'));
  assert.equal(model.unit('other/0').status.name, 'error');
});
