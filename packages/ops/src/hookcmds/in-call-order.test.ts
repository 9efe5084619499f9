// Overlapping hook commands, against a runner that would answer them in any order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import * as fc from 'fast-check';
import { HookRunnerError } from './errors.ts';
import { inCallOrder } from './in-call-order.ts';
import type { HookCommandResult, HookRunner } from './runner.ts';

/** Takes as many turns for a command as its second argument says, so that concurrent commands overtake each other. */
class ShufflingRunner implements HookRunner {
  readonly done: string[] = [];
  running = 0;
  mostRunning = 0;

  async run(_command: string, [name = '', turns = '0']: readonly string[]): Promise<HookCommandResult> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    for (let turn = 0; turn < Number(turns); turn++) await macrotask();
    this.running -= 1;
    this.done.push(name);
    if (name.startsWith('fail')) throw new Error(name);
    return { code: 0, stdout: name, stderr: '' };
  }

  async close(): Promise<void> {}
}

test('overlapping commands run one at a time, in the order of their calls, each with its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ turns: fc.nat(4), fails: fc.boolean() }), { maxLength: 8 }),
      async (calls) => {
        const shuffling = new ShufflingRunner();
        const runner = inCallOrder(shuffling);
        const names = calls.map(({ fails }, index) => `${fails ? 'fail' : 'pass'}${index}`);
        const answers = await Promise.allSettled(
          calls.map(({ turns }, index) => runner.run('config-get', [names[index] ?? '', String(turns)])),
        );
        assert.deepEqual(shuffling.done, names);
        assert.ok(shuffling.mostRunning <= 1);
        assert.deepEqual(
          answers.map((answer) =>
            answer.status === 'fulfilled' ? answer.value.stdout : String(answer.reason.message),
          ),
          names,
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('the shuffling runner shuffles', async () => {
  const runner = new ShufflingRunner();
  await Promise.all([runner.run('config-get', ['slow', '3']), runner.run('config-get', ['fast', '0'])]);
  assert.deepEqual(runner.done, ['fast', 'slow']);
});

/** Answers from a table of errors by command; counts what reaches it. */
function failingRunner(errors: Readonly<Record<string, Error>>) {
  const sent: string[] = [];
  const runner: HookRunner = {
    run: async (command) => {
      sent.push(command);
      if (errors[command]) throw errors[command];
      return { code: 0, stdout: '', stderr: '' };
    },
    runSync: (command) => sent.push(`${command} sync`) > 0,
    close: async () => {},
  };
  return { sent, runner: inCallOrder(runner) };
}

const endOf = (command: Promise<unknown>) => command.then(() => 'done').catch((error: Error) => error.message);

test('after a fault nothing is sent any more, neither what waits nor what comes, and not at the end either', async () => {
  for (const code of ['agent-closed', 'agent-garbage', 'hook-command-timeout'] as const) {
    const fault = new HookRunnerError(code, 'cannot run b: the agent is gone');
    const { sent, runner } = failingRunner({ b: fault });
    const ends = await Promise.all(['a', 'b', 'c'].map((command) => endOf(runner.run(command, []))));
    assert.deepEqual(ends.slice(0, 2), ['done', fault.message]);
    assert.match(ends[2] ?? '', /^cannot run c: it was not sent, .*cannot run b: the agent is gone$/);
    await assert.rejects(runner.run('juju-log', []), { code });
    assert.equal(runner.runSync?.('juju-log', []), false);
    assert.equal(runner.fault, fault);
    assert.deepEqual(sent, ['a', 'b']);
  }
});

test('a command that could not be started ends all but the log', async () => {
  for (const code of ['hook-command-missing', 'hook-command-failed-to-start'] as const) {
    const { sent, runner } = failingRunner({ a: new HookRunnerError(code, 'no') });
    await endOf(runner.run('a', []));
    await assert.rejects(runner.run('b', []), { code });
    assert.equal(await endOf(runner.run('juju-log', [])), 'done');
    assert.equal(runner.runSync?.('juju-log', []), true);
    assert.equal(runner.runSync?.('b', []), false);
    assert.deepEqual(sent, ['a', 'juju-log', 'juju-log sync']);
  }
});

test('a refusal, and an error that is not of the runner, are no fault', async () => {
  const { sent, runner } = failingRunner({ a: new HookRunnerError('agent-refused', 'no'), b: new Error('bug') });
  for (const command of ['a', 'b', 'c']) await endOf(runner.run(command, []));
  assert.deepEqual([sent, runner.fault], [['a', 'b', 'c'], undefined]);
});
