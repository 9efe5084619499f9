// The hook commands as executables: what a shell script that calls them sees.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import type { CommandRequest } from '@charmed/ops/internal';
import { installHookCommands } from './hook-commands.ts';
import { serveJujuc } from './jujuc-server.ts';

const CONTEXT = 'web/0-start-1';

/** A directory with the executables in it. */
async function installed(t: TestContext): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "hook commands' ")); // a name that a shell would mistake
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  await installHookCommands(join(directory, 'tools'), ['config-get', 'relation-set', 'nosuchtool']);
  return directory;
}

/** Runs a script with the executables on its PATH. Its stdin stays open unless there is something to read. */
async function run(directory: string, script: string, stdin?: string) {
  const env = {
    PATH: `${join(directory, 'tools')}:/usr/bin:/bin`,
    JUJU_CONTEXT_ID: CONTEXT,
    JUJU_AGENT_SOCKET_ADDRESS: join(directory, 'agent.socket'),
    JUJU_AGENT_SOCKET_NETWORK: 'unix',
  };
  const child = spawn('/bin/sh', ['-c', script], { env, cwd: directory, stdio: 'pipe' });
  if (stdin !== undefined) child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  child.stdin.destroy();
  return { code: child.exitCode, stdout, stderr };
}

test('arguments, directory, output and exit code are those of the command, and stdin is read where it is asked for', async (t) => {
  const directory = await installed(t);
  const requests: CommandRequest[] = [];
  const server = await serveJujuc({
    socketPath: join(directory, 'agent.socket'),
    handle: (request) => {
      requests.push(request);
      if (request.command === 'nosuchtool') throw new Error('bad request: unknown command: nosuchtool');
      return { code: request.args.length, stdout: 'out', stderr: 'err' };
    },
  });
  t.after(() => server.close());
  const args = `'' 'two words' '--x' 'é
2'`;
  assert.deepEqual(await run(directory, `config-get ${args}`), { code: 4, stdout: 'out', stderr: 'err' });
  await run(directory, `relation-set --file - && :; relation-set --file=- && :`, '{"a": "1"}');
  const refused = await run(directory, `nosuchtool; echo $?`);
  assert.deepEqual(refused, { code: 0, stdout: '1\n', stderr: 'ERROR bad request: unknown command: nosuchtool\n' });
  const [first, second, third] = requests;
  assert.deepEqual(first?.args, ['', 'two words', '--x', 'é\n2']);
  assert.deepEqual([first?.dir, first?.contextId], [directory, CONTEXT]);
  assert.deepEqual(
    [second, third].map((request) => Buffer.from(request?.stdin ?? []).toString()),
    ['{"a": "1"}', ''],
  );
});

test('an agent that goes away is an error, and a script can tell', async (t) => {
  const directory = await installed(t);
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  server.listen(join(directory, 'agent.socket'));
  t.after(() => server.close());
  const { code, stderr } = await run(directory, 'config-get || exit 9');
  assert.equal(code, 9);
  assert.match(stderr, /^ERROR .*closed the connection/);
});
