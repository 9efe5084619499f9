import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, BlockedStatus, CharmBase, type Framework } from '@charmed/ops';
import { ExplorationError, Model } from '../src/index.ts';
import { ClientCharm, CountingDbCharm, DbCharm, PatientCharm, StoringCharm, WebCharm } from './model-charms.ts';

function deployed(units = 1): Model {
  const model = new Model();
  model.deploy(WebCharm, { units });
  model.deploy(DbCharm);
  return model;
}

test('charms are deployed and related, each event in the order of Juju', async () => {
  const model = deployed();
  const steps = await model.settle();
  assert.deepEqual(
    steps.filter((step) => step.startsWith('web/0')),
    [
      'web/0 install',
      'web/0 leader-elected',
      'web/0 config-changed',
      'web/0 start',
      'web/0 app-pebble-ready',
      ...steps.filter((step) => step.startsWith('web/0 peers')),
    ].toSorted((a, b) => steps.indexOf(a) - steps.indexOf(b)),
  );
  assert.deepEqual(model.unit('web/0').status, new BlockedStatus('needs a database'));
  model.integrate('web', 'db');
  await model.settle();
  const { status, openedPorts, isLeader, containers } = model.unit('web/0');
  assert.deepEqual(status, new ActiveStatus());
  assert.deepEqual(openedPorts, [{ protocol: 'tcp', port: 80 }]);
  assert(isLeader);
  assert.equal(containers[0]?.plan.services['app']?.command, 'serve 80');
  assert.deepEqual(containers[0]?.serviceStatuses, { app: 'active' });
  assert.equal(containers[0]?.files['/etc/app.conf'], 'sql://db');
  assert.deepEqual(model.data('web:db', 'db'), [{ url: 'sql://db' }]);
});

test('configuration, scale, leadership, actions and removal', async () => {
  const model = deployed();
  model.integrate('web:db', 'db:db');
  await model.settle();
  model.config('web', { port: 8080 });
  model.scale('web', 3);
  await model.settle();
  assert.deepEqual(model.application('web').units, ['web/0', 'web/1', 'web/2']);
  assert.deepEqual(model.unit('web/2').openedPorts, [{ protocol: 'tcp', port: 8080 }]);
  model.setLeader('web/2');
  assert(await model.settle().then((steps) => steps.includes('web/2 leader-elected')));
  assert.equal(model.unit('web/0').isLeader, false);
  assert.deepEqual(await model.runAction('web/1', 'greet', { name: 'you' }), { text: 'hello you' });
  assert.deepEqual(await model.runAction('web/1', 'greet'), { text: 'hello world' });
  await assert.rejects(model.runAction('web/1', 'fail'), /on purpose/);
  model.scale('web', 1);
  await model.settle();
  assert.deepEqual(model.application('web').units, ['web/0']);
  model.removeRelation('web', 'db');
  await model.settle();
  assert.deepEqual(model.unit('web/0').status, new BlockedStatus('needs a database'));
  model.remove('db');
  await model.settle();
  assert.throws(() => model.application('db'), { code: 'unknown-application' });
});

test('time passes when it is told to', async () => {
  const model = deployed();
  await model.settle();
  model.advance(60_000);
  assert.deepEqual(await model.settle(), []);
  model.advance(300_000);
  assert.deepEqual(await model.settle(), ['db/0 update-status', 'web/0 update-status']);
});

test('what a charm throws comes out, and its hook runs again in the next call', async () => {
  class BrokenCharm extends CharmBase {
    static readonly meta = { name: 'broken' };
    static isMended = false;

    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
    }

    async #onStart(): Promise<void> {
      if (!BrokenCharm.isMended) throw new RangeError('broken');
      await this.unit.setStatus(new ActiveStatus());
    }
  }
  const model = new Model();
  model.deploy(BrokenCharm);
  await assert.rejects(model.settle(), RangeError);
  BrokenCharm.isMended = true;
  assert.deepEqual(await model.settle(), ['broken/0 start']);
  assert.deepEqual(model.unit('broken/0').status, new ActiveStatus());
});

test('charms that reconcile come to the same state whatever happens', async () => {
  const model = deployed();
  await model.settle();
  model.integrate('web', 'db');
  const { runs, steps } = await model.explore({ order: 3 });
  assert(runs > 20, `${runs}`);
  assert.equal(steps[0], 'db/0 db-relation-created web');
  assert.deepEqual(model.unit('web/0').status, new BlockedStatus('needs a database'));
});

test('an order that matters is found, cut down, and replayed', async () => {
  const model = new Model();
  model.deploy(ClientCharm, { units: 2 });
  model.deploy(CountingDbCharm);
  model.integrate('client', 'db');
  await model.settle();
  model.config('client', { port: 81 });
  const error = await model.explore({ order: 20, crashes: false }).then(
    () => assert.fail('nothing was found'),
    (found: unknown) => found,
  );
  assert(error instanceof ExplorationError);
  assert.match(error.message, /with the order of seed \d+\.\n {2}data of db\/0 in client:db db:db: expected/);
  assert.match(error.message, /Replay it: await model\.replay\(\[\{"step":/);
  assert(error.deviations.length <= 2, error.message);
  const [before] = model.data('db:db', 'db/0');
  await model.replay(error.deviations);
  const [after] = model.data('db:db', 'db/0');
  assert.equal(after?.['order'], `${before?.['order']} client/1 client/0`);
});

test('a hook that does not bear being killed is found', async () => {
  const model = new Model();
  model.deploy(CountingDbCharm, { name: 'db' });
  await assert.rejects(model.explore({ order: 0 }), (error) => {
    assert(error instanceof ExplorationError);
    assert.match(error.message, /status of db\/0: expected \["active",".*\w\+"\], got \["active",".*\+\+"\]/);
    assert.equal(error.deviations.length, 1);
    assert.match(error.steps.join('\n'), /db\/0 start, killed after \d commands/);
    return true;
  });
});

test('a hook that is killed between its own commit and that of Juju has kept what it stores', async () => {
  const model = new Model();
  model.deploy(StoringCharm);
  await assert.rejects(model.explore({ order: 0 }), (error) => {
    assert(error instanceof ExplorationError);
    assert.match(error.message, /status of storing\/0: expected \["active","1"\], got \["active","2"\]/);
    assert.deepEqual(error.deviations, [{ step: error.deviations[0]?.step, crashAfter: 'commit' }]);
    assert.match(error.message, /storing\/0 start, killed after its own commit\n/);
    return true;
  });
});

test('what is deferred by a hook that is killed after its own commit is there once', async () => {
  const told = async (...deviations: Parameters<Model['replay']>[0]) => {
    const model = new Model();
    model.deploy(PatientCharm);
    model.deploy(DbCharm);
    await model.settle();
    model.integrate('client', 'db');
    await model.explore({ order: 0 });
    const [first, second] = await model.replay(deviations);
    assert.deepEqual(model.unit('client/0').status, new ActiveStatus('sql://db'));
    const lines = model.log.map(({ message }) => message).filter((message) => message.startsWith('patient'));
    return { first, second, lines };
  };
  const plain = await told();
  const killed = await told({ step: 0, crashAfter: 'commit' });
  assert.equal(killed.first, `${plain.first}, killed after its own commit`);
  assert.equal(killed.second, plain.first);
  // The hook that runs again delivers what it has deferred, and not its own event beside it.
  assert.deepEqual(killed.lines, ['patient: waits', ...plain.lines]);
  assert.equal(plain.lines.filter((line) => line === 'patient: has sql://db').length, 1);
});
