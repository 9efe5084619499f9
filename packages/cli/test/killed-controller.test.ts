// Commands whose controller is killed while they wait for it, and after.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Gates } from '../../sandbox/test/gates.ts';
import { hasSocket, pidsOf } from '../../sandbox/test/processes.ts';
import { packShellCharm } from '../../sandbox/test/shell-charm.ts';
import { until } from '../../sandbox/test/test-sandbox.ts';
import { Charmed } from './run-charmed.ts';

test('wait goes on with the next controller, and every command brings one back', async () => {
  using gates = new Gates();
  await using charmed = new Charmed();
  const controllers = () => pidsOf('controller/main', charmed.directory);
  const kill = async () => {
    const killed = controllers();
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await until('it is dead', async () => !controllers().some((pid) => killed.includes(pid)));
  };
  gates.close('start');
  const dispatch = `${gates.script}
    [ "$JUJU_DISPATCH_PATH" = hooks/start ] || exit 0
    gate start
    status-set active`;
  await packShellCharm(charmed.path('web.charm'), { metadata: { name: 'web' }, dispatch });
  assert.equal((await charmed.sandbox('deploy', 'web.charm')).code, 0);
  await gates.held('start');
  const waiting = charmed.start('sandbox', 'wait', '--timeout', '60');
  const exited = once(waiting, 'exit');
  await until('it waits', async () => hasSocket(waiting.pid ?? 0));
  gates.open('start');
  await kill();
  assert.deepEqual(await exited, [0, null]);

  await kill();
  assert.match((await charmed.sandbox('status')).stdout, /^web\/0\* +active +idle /m);
  await kill();
  assert.equal((await charmed.sandbox('add-unit', 'web')).stdout, 'Added web/1\n');
  await kill();
  assert.deepEqual((await charmed.sandbox('destroy')).stdout, 'Destroyed the sandbox "sandbox"\n');
  assert.match((await charmed.sandbox('status')).stderr, /^charmed: cannot find a sandbox "sandbox"/);
});
