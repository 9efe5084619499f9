// Overlapping hook commands, against a runner that would answer them in any order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import * as fc from 'fast-check';
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
