// Ctrl-C while `charmed sandbox deploy` is at work.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { isReading, pidsOf } from '../../sandbox/test/processes.ts';
import { packShellCharm, type ShellCharm } from '../../sandbox/test/shell-charm.ts';
import { until } from '../../sandbox/test/test-sandbox.ts';
import { Charmed } from './run-charmed.ts';

const QUICK: ShellCharm = { metadata: { name: 'quick' }, dispatch: 'exit 0' };
const SLOW: ShellCharm = { metadata: { name: 'slow' }, dispatch: 'exit 0', padding: 3 * 1024 ** 3 };

test('it ends a sandbox that was started for it, and nothing stays behind', async () => {
  await using charmed = new Charmed();
  assert.deepEqual(await interruptedDeploy(charmed), [130, null]);
  assert.deepEqual(pidsOf('controller/main', charmed.directory), []);
  assert.equal(existsSync(charmed.path('sandbox')), false);
});

test('it leaves a sandbox that was there as it was', async () => {
  await using charmed = new Charmed();
  await packShellCharm(charmed.path('quick.charm'), QUICK);
  assert.equal((await charmed.sandbox('deploy', 'quick.charm')).code, 0);
  assert.deepEqual(await interruptedDeploy(charmed), [130, null]);
  const { applications } = JSON.parse((await charmed.sandbox('status', '--format', 'json')).stdout);
  assert.deepEqual(Object.keys(applications), ['quick']);
  await until('nobody reads the charm', async () => !isRead(charmed));
});

async function interruptedDeploy(charmed: Charmed): Promise<readonly unknown[]> {
  await packShellCharm(charmed.path('slow.charm'), SLOW);
  const deploy = charmed.start('sandbox', 'deploy', 'slow.charm');
  const exited = once(deploy, 'exit');
  await until('the charm is read', async () => isRead(charmed));
  deploy.kill('SIGINT');
  return await exited;
}

function isRead(charmed: Charmed): boolean {
  return pidsOf('controller/main', charmed.directory).some((pid) => isReading(pid, 'slow.charm'));
}
