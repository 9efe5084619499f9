// What reaches juju-log: everything, in order, in pieces that Juju takes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { inCallOrder } from './in-call-order.ts';
import { JujuLog } from './juju-log.ts';
import type { HookCommandOptions, HookCommandResult, HookRunner } from './runner.ts';

/** Takes a while for each command, and tells what had begun when it was told to write synchronously. */
class SlowRunner implements HookRunner {
  readonly begun: string[] = [];
  readonly ended: string[] = [];
  readonly levels: string[] = [];
  failing = false;

  async run(_command: string, args: readonly string[], _options?: HookCommandOptions): Promise<HookCommandResult> {
    const message = args.at(-1) ?? '';
    this.begun.push(message);
    this.levels.push(args[1] ?? '');
    await macrotask();
    this.ended.push(message);
    if (this.failing) throw new Error('the agent is gone');
    return { code: 0, stdout: '', stderr: '' };
  }

  runSync(_command: string, args: readonly string[]): void {
    this.begun.push(args.at(-1) ?? '');
  }

  async close(): Promise<void> {}
}

function start() {
  const runner = new SlowRunner();
  const queue = inCallOrder(runner);
  return { runner, queue, log: new JujuLog(queue) };
}

test('lines arrive in order, one at a time, with their levels', async () => {
  const { runner, log } = start();
  log.log('INFO', 'a');
  log.log('ERROR', 'b');
  await macrotask();
  log.log('TRACE', '');
  await log.flush();
  assert.deepEqual(runner.ended, ['a', 'b', '']);
  assert.deepEqual(runner.levels, ['INFO', 'ERROR', 'TRACE']);
});

test('a flush with nothing to do returns, and so does one after another', async () => {
  const { runner, log } = start();
  await log.flush();
  log.log('INFO', 'a');
  await Promise.all([log.flush(), log.flush()]);
  assert.deepEqual(runner.ended, ['a']);
});

test('a message that is too long for one argument is cut, and announced', async () => {
  const { runner, log } = start();
  for (const filling of ['x', 'ä', '€', '🦀']) {
    runner.begun.length = 0;
    const message = `${filling.repeat(150_000 / filling.length)}!`;
    log.log('DEBUG', message);
    await log.flush();
    const [notice = '', ...parts] = runner.begun;
    assert.match(notice, new RegExp(`${parts.length} .*${message.length}`));
    assert.equal(parts.join(''), message);
    assert.ok(parts.every((part) => Buffer.byteLength(part) <= 131_071 && part.isWellFormed()));
  }
});

test('a message that just fits is not cut', async () => {
  const { runner, log } = start();
  log.log('DEBUG', 'x'.repeat(Math.floor(131_071 / 3)));
  await log.flush();
  assert.equal(runner.begun.length, 1);
});

test('a line that cannot be delivered holds up nothing', async () => {
  const { runner, log } = start();
  runner.failing = true;
  log.log('INFO', 'a');
  log.log('INFO', 'b');
  await log.flush();
  runner.failing = false;
  log.log('INFO', 'c');
  await log.flush();
  assert.deepEqual(runner.ended, ['a', 'b', 'c']);
});

test('at a sudden end each line is written once, in order, wherever it was', async () => {
  for (const turns of [0, 1, 2, 3, 4]) {
    const { runner, queue, log } = start();
    const command = queue.run('config-get', ['command']);
    for (const line of ['a', 'b', 'c']) log.log('INFO', line);
    for (let turn = 0; turn < turns; turn++) await macrotask();
    log.flushSync();
    log.flushSync();
    assert.deepEqual(
      runner.begun.filter((message) => message !== 'command'),
      ['a', 'b', 'c'],
      `after ${turns} turns`,
    );
    await command;
  }
});
