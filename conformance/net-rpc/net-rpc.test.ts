import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentSocketRunner } from '@charmed/ops/internal';
import { peerPath, testWithPeers } from '../peers.ts';

interface Server extends AsyncDisposable {
  readonly address: string;
}

async function goServer(): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-rpc-'));
  const address = join(directory, 'agent.socket');
  const server: ChildProcess = spawn(peerPath('net-rpc'), [address], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (server.stdout) await once(server.stdout, 'data');
  return {
    address,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const CALLS: readonly { command: string; args: string[]; stdin?: string }[] = [
  { command: 'config-get', args: [] },
  { command: 'config-get', args: ['--format=json', ''] },
  { command: 'status-set', args: ['active', 'grüße 🚀'] },
  { command: 'relation-set', args: ['--file', '-'], stdin: '' },
  { command: 'relation-set', args: ['--file', '-'], stdin: 'x'.repeat(3 * 1024 ** 2) },
  { command: 'juju-log', args: Array.from({ length: 300 }, (_, index) => `argument ${index}`) },
];

testWithPeers("Go's server understands every call on one connection", ['net-rpc'], async () => {
  await using server = await goServer();
  const runner = await agentSocketRunner({ address: server.address, contextId: 'web/0-install', dir: '/charm' });
  for (const { command, args, stdin } of [...CALLS, ...CALLS]) {
    const { code, stdout, stderr } = await runner.run(command, args, stdin === undefined ? {} : { stdin });
    const echoed = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([code, stderr], [0, '']);
    const expected = { contextId: 'web/0-install', dir: '/charm', command, args, stdin: stdin ?? '' };
    assert.deepEqual({ ...echoed, args: echoed['args'] ?? [] }, expected);
  }
  await runner.close();
});

testWithPeers(
  'what a command or the call itself fails with arrives, and the connection goes on',
  ['net-rpc'],
  async () => {
    await using server = await goServer();
    const runner = await agentSocketRunner({ address: server.address, contextId: 'web/0-install', dir: '/charm' });
    assert.deepEqual(await runner.run('fail', []), { code: 2, stdout: '', stderr: 'ERROR failed' });
    await assert.rejects(runner.run('refuse', []), /bad request: refused/);
    assert.equal((await runner.run('config-get', [])).code, 0);
    await runner.close();
  },
);
