// Faults that are planted in charms are found, small enough to read and with a line that replays them; charms without them are left alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CharmClass } from '@charmed/ops';
import fc from 'fast-check';
import { ExplorationError, Model, type ExploreOptions } from '../../src/index.ts';
import { fewest } from '../../src/model/fewest.ts';
import * as charms from './explore-charms.ts';

/** The fault that an exploration finds, after it was seen to come again when it is replayed. */
async function fault(deploy: () => Promise<Model>, options?: ExploreOptions): Promise<ExplorationError> {
  const model = await deploy();
  const error = await model.explore(options).then(
    () => assert.fail('nothing was found'),
    (found: unknown) => found,
  );
  assert(error instanceof ExplorationError, String(error));
  const again = await deploy();
  assert.deepEqual(await again.replay(error.deviations), error.steps);
  assert.match(error.message, new RegExp(`Replay it: await model\\.replay\\(\\[`));
  return error;
}

async function between(charm: CharmClass): Promise<Model> {
  const model = new Model();
  model.deploy(charm);
  model.deploy(charms.SiteCharm, { name: 'a' });
  model.deploy(charms.SiteCharm, { name: 'b' });
  await model.settle();
  model.integrate('proxy:site', 'a');
  model.integrate('proxy:backup', 'b');
  return model;
}

async function alone(charm: CharmClass): Promise<Model> {
  const model = new Model();
  model.deploy(charm);
  return model;
}

async function watched(charm: CharmClass): Promise<Model> {
  const model = await alone(charm);
  await model.settle();
  await model.failCheck('watch/0', 'main', 'one');
  await model.failCheck('watch/0', 'main', 'two');
  return model;
}

async function accompanied(charm: CharmClass): Promise<Model> {
  const model = new Model();
  model.deploy(charms.SiteCharm, { units: 2 });
  model.deploy(charm);
  model.integrate('site:juju-info', 'agent');
  return model;
}

test('order between two relations of one unit', async () => {
  const error = await fault(() => between(charms.LastWinsCharm), { crashes: false });
  assert(error.deviations.length <= 2, error.message);
  assert.match(error.message, /status of proxy\/0: expected \["active","b\/0"\], got \["active","a\/0"\]/);
});

test('order between two containers of one unit', async () => {
  const error = await fault(() => alone(charms.LastContainerCharm), { crashes: false });
  assert.equal(error.deviations.length, 1, error.message);
});

test('who may read a secret, though not what is in it', async () => {
  const error = await fault(() => between(charms.FirstSecretCharm), { crashes: false });
  assert.match(
    error.message,
    /secrets of proxy\/0: expected .*"keys":\["password"\],"readers":\["a"\].*, got .*"readers":\["b"\]/,
  );
});

test('a handler that may not run twice', async () => {
  const error = await fault(() => alone(charms.AppendingCharm), { order: 0 });
  assert.equal(error.deviations.length, 1);
  assert.match(error.message, /files of proxy\/0 main: expected .*here\\n"\}, got .*here\\n127\.0\.0\.1 here\\n"\}/);
  assert.match(error.steps.join('\n'), /main-pebble-ready, killed after 1 commands\n/);
});

test('an update that is lost between the commit of the charm and that of Juju', async () => {
  const deploy = async () => {
    const model = new Model();
    model.deploy(charms.ForgetfulCharm, { name: 'site' });
    model.deploy(charms.LastWinsCharm);
    model.integrate('proxy:site', 'site');
    return model;
  };
  const error = await fault(deploy, { order: 0 });
  assert.deepEqual(error.deviations, [{ step: error.deviations[0]?.step, crashAfter: 'commit' }]);
  assert.match(error.message, /site-relation-joined proxy\/0, killed after its own commit$/m);
});

test('work that is called done before it is', async () => {
  const error = await fault(() => alone(charms.HalfwayCharm), { order: 0 });
  assert.match(error.message, /files of proxy\/0 main: expected .*"\/config".*, got \{"\/done":""\}/);
});

test('a check that is counted twice', async () => {
  const error = await fault(() => watched(charms.CountingWatchCharm), { order: 0 });
  assert.match(error.message, /main-pebble-check-failed, killed after 2 commands$/m);
});

test('which principal was first', async () => {
  const error = await fault(() => accompanied(charms.FirstAgentCharm), { crashes: false });
  assert.match(
    error.message,
    /data of agent in agent:peers: expected \{"first":"site\/0"\}, got \{"first":"site\/1"\}/,
  );
});

test('charms without a fault are left alone', async () => {
  for (const model of [
    await between(charms.AllCharm),
    await watched(charms.WatchCharm),
    await accompanied(charms.AgentCharm),
  ]) {
    const { runs } = await model.explore({ order: 2 });
    assert(runs > 5, `${runs}`);
  }
  const leaving = await accompanied(charms.AgentCharm);
  await leaving.settle();
  leaving.removeUnit('site/0');
  leaving.scale('site', 3);
  await leaving.explore({ order: 4, crashes: false });
});

test('the fewest are those that nothing can be left out of', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(60), { size: 'max', maxLength: 40 }),
      fc.array(fc.nat(60), { maxLength: 4 }),
      async (items, needed) => {
        const wanted = needed.filter((item) => items.includes(item));
        let tries = 0;
        const found = await fewest(items, async (some) => {
          tries += 1;
          return wanted.every((item) => some.includes(item));
        });
        assert.deepEqual(new Set(found), new Set(wanted));
        assert(tries <= 1 + items.length * 8, `${tries} tries for ${items.length}`);
      },
    ),
  );
});
