// The packed charm under Juju's rules, with real processes, on this machine: `npm run test:integration` packs it and runs this.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const CHARM = `./my-charm_${process.arch === 'x64' ? 'amd64' : process.arch}.charm`;

/** Runs a command of `charmed sandbox`, in a sandbox that is not the one you work with. */
async function sandbox(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('charmed', ['sandbox', '--model', 'my-charm-test', ...args]);
  return stdout;
}

async function addressOf(unit: string): Promise<string> {
  const { applications } = JSON.parse(await sandbox('status', '--format', 'json'));
  const { address, 'public-address': publicAddress } = applications['my-charm'].units[unit];
  return publicAddress ?? address; // on a machine, and in a pod
}

before(async () => {
  await sandbox('deploy', CHARM);
  await sandbox('wait', '--timeout', '60');
});
after(() => sandbox('destroy'));

test('the workload answers', async () => {
  const response = await fetch(`http://${await addressOf('my-charm/0')}:8080`);
  assert.equal(await response.text(), 'Hello from my-charm\n');
});

test('it moves to another port', async () => {
  await sandbox('config', 'my-charm', 'port=8081');
  await sandbox('wait', '--timeout', '60');
  const response = await fetch(`http://${await addressOf('my-charm/0')}:8081`);
  assert.equal(response.status, 200);
});
