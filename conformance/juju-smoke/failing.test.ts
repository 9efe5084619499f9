// What the smoke test does when something goes wrong on the controller, or the user has enough.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { testAtLength } from '../peers.ts';
import { Session } from './session.ts';

testAtLength('a step that fails ends its model, with what it looked like, and the model is removed', async () => {
  using session = new Session('integrate');
  await session.pack('kv-k8s', 'guestbook-k8s');
  const { code, stdout } = await session.run('--controller', 'k8s');
  assert.equal(code, 1);
  assert.match(
    stdout,
    / {2}failed .* integrate guestbook with kv\n {4}juju integrate .* failed with exit code 1: ERROR no such luck\n/,
  );
  const [model] = session.report().models;
  assert.deepEqual(
    model?.steps.map(({ outcome }) => outcome),
    ['passed', 'passed', 'passed', 'failed', ...Array.from({ length: 8 }, () => 'not run')],
  );
  assert.match(model?.remains ?? '', /guestbook\/0[^]*juju\.worker/);
  assert.match(session.markdown(), /^# charmed on a real controller: FAILED\n/);
  assert.deepEqual(session.models(), []);
});

void test('without a controller it says so at once', async () => {
  using session = new Session('show-controller');
  const { code, stdout, stderr } = await session.run();
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^juju-smoke: juju show-controller .* failed with exit code 1: ERROR no such luck\n/);
});

testAtLength('Ctrl-C removes the model, and what was done by then is reported', async () => {
  using session = new Session();
  await session.pack('kv-k8s');
  const child = session.start('--controller', 'k8s');
  const exited = once(child, 'exit');
  while (!session.calls().includes('deploy')) await setTimeout(50);
  child.kill('SIGINT');
  assert.deepEqual(await exited, [130, null]);
  assert.deepEqual(session.models(), []);
  assert.equal(session.report().models[0]?.steps[1]?.outcome, 'failed');
});
