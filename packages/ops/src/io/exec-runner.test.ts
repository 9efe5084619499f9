// Hook commands as real processes that misbehave in every way.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HookRunnerError } from '../hookcmds/errors.ts';
import { inCallOrder } from '../hookcmds/in-call-order.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import { execRunner } from './exec-runner.ts';

const TIMEOUT_MS = 300;

class Executables {
  readonly directory: string = mkdtempSync(join(tmpdir(), 'exec-runner-'));
  readonly #log = join(this.directory, 'log');

  constructor(t: TestContext, scripts: Readonly<Record<string, string>>) {
    t.after(() => rmSync(this.directory, { recursive: true, force: true }));
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(this.path(name), `#!/bin/sh\necho ${name} >> '${this.#log}'\n${script}\n`);
      chmodSync(this.path(name), 0o755);
    }
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  runner(timeoutMs = 30_000): HookRunner {
    const env = { PATH: `${this.directory}:/usr/bin:/bin` };
    return inCallOrder(execRunner({ env, cwd: this.directory, timeoutMs }));
  }

  /** The executables that ran. */
  get ran(): readonly string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').trim().split('\n') : [];
  }
}

test('what an executable prints, reads and ends with', async (t) => {
  const runner = new Executables(t, {
    echo: 'printf "%s|" "$@"; printf "é" >&2; exit 3',
    cat: 'exec /bin/cat',
    pwd: 'exec /bin/pwd',
  }).runner();
  const args = ['', 'a b', '-x', 'two\nlines', '🚀', '$HOME'];
  assert.deepEqual(await runner.run('echo', args), { code: 3, stdout: `${args.join('|')}|`, stderr: 'é' });
  const stdin = 'x'.repeat(2 ** 20);
  assert.equal((await runner.run('cat', [], { stdin })).stdout, stdin);
  assert.equal((await runner.run('cat', [])).stdout, '');
});

test('an executable that leaves its input unread is no fault', async (t) => {
  const runner = new Executables(t, { deaf: 'exit 0' }).runner();
  for (let round = 0; round < 5; round++) {
    assert.equal((await runner.run('deaf', [], { stdin: 'x'.repeat(2 ** 22) })).code, 0);
  }
});

const FAULTS: readonly (readonly [name: string, code: string, script: string | undefined])[] = [
  ['is not there', 'hook-command-missing', undefined],
  ['is killed', 'agent-closed', 'kill -9 $$'],
  ['is ended', 'agent-closed', 'kill -15 $$'],
  ['hangs', 'hook-command-timeout', 'exec sleep 1000'],
  ['hangs and ignores signals', 'hook-command-timeout', 'trap "" TERM INT HUP; while :; do sleep 1; done'],
  ['prints what is not UTF-8', 'agent-garbage', String.raw`printf '"\377"'`],
  ['prints without end', 'agent-garbage', 'exec cat /dev/zero'],
];

for (const [name, code, script] of FAULTS) {
  test(`an executable that ${name} ends the hook commands with ${code}`, { timeout: 20_000 }, async (t) => {
    const executables = new Executables(t, { first: '', ...(script && { second: script }), third: '' });
    const runner = executables.runner();
    const limit = code === 'hook-command-timeout' ? { timeoutMs: TIMEOUT_MS } : {};
    const runs = ['first', 'second', 'third'].map((command) =>
      runner.run(command, [], command === 'second' ? limit : {}),
    );
    const ends = await Promise.allSettled(runs);
    const [first, second, third] = ends.map((end) => (end.status === 'rejected' ? end.reason : undefined));
    assert.equal(first, undefined);
    for (const error of [second, third, await runner.run('third', []).catch((late: unknown) => late)]) {
      assert.ok(error instanceof HookRunnerError, String(error));
      assert.equal(error.code, code);
    }
    assert.match(second.message, /second/);
    assert.match(third.message, /cannot run third: it was not sent/);
    assert.equal(runner.fault, second);
    assert.ok(!executables.ran.includes('third'), String(executables.ran));
  });
}

test('a command that no process can be started for is a typed error', async (t) => {
  const executables = new Executables(t, { echo: 'echo "$@"' });
  writeFileSync(executables.path('plain'), '');
  const cases: readonly (readonly [command: string, args: readonly string[]])[] = [
    ['echo', ['a\0b']],
    ['echo', ['x'.repeat(200_000)]],
    ['plain', []],
  ];
  for (const [command, args] of cases) {
    await assert.rejects(executables.runner().run(command, args), (error: unknown) => {
      assert.ok(error instanceof HookRunnerError, String(error));
      assert.equal(error.code, 'hook-command-failed-to-start');
      assert.match(error.message, new RegExp(`^cannot run ${command}: `));
      return true;
    });
  }
  assert.deepEqual(executables.ran, []);
});

test('a charm directory that is gone is told apart from a command that is missing', async () => {
  const runner = execRunner({ env: { PATH: '/usr/bin:/bin' }, cwd: '/no/such/directory' });
  await assert.rejects(runner.run('true', []), { message: /\/no\/such\/directory does not exist/ });
});

test('without a descriptor to spare a command is a typed error', async () => {
  const program = `
    import { execRunner } from '${new URL('./exec-runner.ts', import.meta.url).href}';
    import { openSync } from 'node:fs';
    try { for (;;) openSync('/dev/null'); } catch {}
    const runner = execRunner({ env: { PATH: '/usr/bin:/bin' }, cwd: '/' });
    await runner.run('true', []).catch((error) => console.log(error.name, error.code));`;
  const limited = `ulimit -n 64; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', limited, process.execPath, program]);
  assert.equal(stdout, 'HookRunnerError hook-command-failed-to-start\n');
});

test('what a hanging executable has started is ended with it', { timeout: 60_000 }, async (t) => {
  const executables = new Executables(t, { second: 'echo $$ > parent; sleep 1000 & echo $! > child; wait' });
  const pidOf = (name: string) => {
    const file = executables.path(name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  };
  // On a busy machine it may be ended before it has got so far.
  for (let timeoutMs = TIMEOUT_MS; pidOf('child') === ''; timeoutMs *= 2) {
    const run = executables.runner(timeoutMs).run('second', []);
    await assert.rejects(run, { code: 'hook-command-timeout' });
  }
  for (const name of ['child', 'parent']) while (isRunning(pidOf(name))) await delay(5);
});

test('no descriptor outlives its command', { timeout: 20_000 }, async (t) => {
  const executables = new Executables(t, { good: 'echo good', hangs: 'sleep 1000 & wait', killed: 'kill -9 $$' });
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const tryAll = async () => {
    await executables.runner().run('good', []);
    await executables
      .runner(50)
      .run('hangs', [])
      .catch(() => undefined);
    for (const command of ['killed', 'missing'])
      await executables
        .runner()
        .run(command, [])
        .catch(() => undefined);
  };
  await tryAll();
  const before = descriptors();
  for (let round = 0; round < 5; round++) await tryAll();
  while (descriptors() > before) await delay(5);
});

// A process that has ended stays a zombie until its parent, or whoever took its place, has asked for it.
function isRunning(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
