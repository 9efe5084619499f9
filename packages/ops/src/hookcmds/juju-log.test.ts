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
  code = 0;

  async run(_command: string, args: readonly string[], _options?: HookCommandOptions): Promise<HookCommandResult> {
    const message = args.at(-1) ?? '';
    this.begun.push(message);
    this.levels.push(args[1] ?? '');
    await macrotask();
    this.ended.push(message);
    if (this.failing) throw new Error('the agent is gone');
    return { code: this.code, stdout: '', stderr: '' };
  }

  runSync(_command: string, args: readonly string[]): boolean {
    this.begun.push(args.at(-1) ?? '');
    return !this.failing;
  }

  async close(): Promise<void> {}
}

function start() {
  const runner = new SlowRunner();
  const queue = inCallOrder(runner);
  const lost: string[] = [];
  const log = new JujuLog(queue, (level, message) => void lost.push(`${level} ${message}`));
  return { runner, queue, log, lost };
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

test('a line that juju-log does not take holds up nothing, and goes elsewhere', async () => {
  const { runner, log, lost } = start();
  runner.failing = true;
  log.log('INFO', 'a');
  log.log('WARNING', 'b');
  await log.flush();
  runner.failing = false;
  log.log('INFO', 'c');
  await log.flush();
  runner.code = 1;
  log.log('ERROR', 'd');
  await log.flush();
  assert.deepEqual(runner.ended, ['a', 'b', 'c', 'd']);
  assert.deepEqual(lost, ['INFO a', 'WARNING b', 'ERROR d']);
});

test('what is logged after the end is written at once', () => {
  const { runner, log } = start();
  log.flushSync();
  log.log('INFO', 'a');
  assert.deepEqual(runner.begun, ['a']);
});

test('at a sudden end nothing is tried again after the first line that is not taken', () => {
  const { runner, log, lost } = start();
  for (const line of ['a', 'b', 'c']) log.log('INFO', line);
  runner.failing = true;
  log.flushSync();
  assert.deepEqual(runner.begun, ['a']);
  assert.deepEqual(lost, ['INFO a', 'INFO b', 'INFO c']);
});

test('a NUL, which no argument of a process can hold, is shown', async () => {
  const { runner, log } = start();
  log.log('INFO', 'a\0b');
  await log.flush();
  assert.deepEqual(runner.ended, ['a\\0b']);
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
