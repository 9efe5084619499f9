// The smoke test itself: every step passes where the sandbox stands behind `juju`.

import assert from 'node:assert/strict';
import { testAtLength } from '../peers.ts';
import { Session } from './session.ts';

testAtLength('everything passes, is reported, and is removed', async () => {
  using session = new Session();
  await session.pack('kv-k8s', 'guestbook-k8s', 'noop-machine');
  const { code, stdout, stderr } = await session.run('--controller', 'k8s', '--controller', 'machines');
  assert.deepEqual([code, stderr], [0, ''], stdout);
  const { passed, versions, models } = session.report();
  assert.ok(passed);
  assert.equal(versions['juju'], '3.6.0-sandbox');
  assert.equal(versions['controller machines'], '3.6.0 on sandbox');
  assert.deepEqual(
    models.map(({ controller, kind, steps }) => [controller, kind, steps.length]),
    [
      ['k8s', 'kubernetes', 12],
      ['machines', 'machine', 5],
    ],
  );
  assert.match(session.markdown(), /^# charmed on a real controller: passed\n/);
  assert.match(session.markdown(), /\n\| kill -9 a running dispatch; .* \| passed \| [\d.]+ \|\n/);
  assert.deepEqual(session.models(), []);
});
