import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('hook-command.ts', import.meta.url));

test('outside of a hook, a hook command says which variable it misses', () => {
  const environment: Record<string, string> = {};
  for (const [name, value] of [
    ['JUJU_CONTEXT_ID', 'web/0-start-1'],
    ['JUJU_AGENT_SOCKET_ADDRESS', '/nonexistent/agent.socket'],
    ['JUJU_AGENT_SOCKET_NETWORK', 'unix'],
  ] as const) {
    assert.deepEqual(run(environment), { status: 1, stdout: '', stderr: `ERROR ${name} not set\n` });
    environment[name] = value;
  }
  const { status, stderr } = run(environment);
  assert.equal(status, 1);
  assert.match(stderr, /^ERROR .*agent\.socket/);
});

function run(env: Record<string, string>) {
  const argv = ['--conditions=@charmed/source', '--disable-warning=ExperimentalWarning', CLIENT, 'is-leader'];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
