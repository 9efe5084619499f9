// However a charm's process ends: everything logged arrives, and what went wrong is told whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmProcess } from './charm-process.ts';

test('whatever is thrown is told, and fails the hook', async (t) => {
  const charm = new CharmProcess(t);
  const cases: readonly (readonly [body: string, told: RegExp])[] = [
    [`throw 'text';`, /\nUncaught 'text'$/],
    [`throw { code: 5 };`, /\nUncaught \{ code: 5 \}$/],
    [`throw undefined;`, /\nUncaught undefined$/],
    [`throw Object.create(null);`, /\nUncaught \[Object: null prototype\] \{\}$/],
    [
      `const e = new Error('loop'); e.cause = e; throw e;`,
      /\nError: loop\n.*charm\.ts:13:.*\nCaused by: Error above$/s,
    ],
    [
      `const fail = (text: string) => Promise.reject(new Error(text)); await Promise.any([fail('one'), fail('two')]);`,
      /\nAggregateError: .*\nOne of them: Error: one\n.*charm\.ts:13:.*\nOne of them: Error: two\n/s,
    ],
    [`throw Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('gotcha'); } });`, /\nError: x$/],
    [
      `class E extends Error { override toString(): string { throw new Error('no'); } }; throw new E('x');`,
      /^ERROR .*\nError\n.*charm\.ts:13:/s,
    ],
    [`const f = (): void => f(); f();`, /\nRangeError: Maximum call stack size exceeded\n.*charm\.ts:13:/s],
    [`void Promise.reject({ code: 5 }); await new Promise((resolve) => setTimeout(resolve, 5000));`, /Unhandled/],
  ];
  for (const [body, told] of cases) {
    charm.writeCharm(`console.log('before'); ${body}`);
    const { code, log } = await charm.dispatch();
    const [before, error = '', ...others] = log.filter((line) => !line.startsWith('TRACE'));
    assert.deepEqual([code, before, others], [1, 'INFO before', []], body);
    assert.match(error, told);
  }
});

test('a hook command that fails is told with the line that called it', async (t) => {
  const charm = new CharmProcess(t);
  charm.write('bin/status-set', '#!/bin/sh\necho "ERROR no way" >&2\nexit 1\n');
  charm.writeCharm(`
    const helper = async (): Promise<void> => {
      await this.unit.setStatus(new ActiveStatus());
    };
    await helper();`);
  const { code, log } = await charm.dispatch();
  assert.equal(code, 1);
  assert.match(
    log.join('\n'),
    /HookCommandError: cannot run status-set: no way\n.*at helper \(.*charm\.ts:15:.*charm\.ts:17:/s,
  );
});

test('every method of console reaches the log', async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`
    const { log } = console;
    log('detached');
    console.dir({ a: { b: {} } }, { depth: 0 });
    console.dirxml('dirxml');
    console.table([{ a: 1 }]);
    console.assert(false, 'not %s', 'so');
    console.count('count');
    console.group('group');
    console.groupEnd();
    console.timeEnd('no such timer');
    console.log('a\\0b');
    (await import('node:console')).info('imported');`);
  const { code, log, stdout, stderr } = await charm.dispatch();
  assert.deepEqual([code, stdout, stderr], [0, '', '']);
  const [first, second, third, table, ...rest] = log;
  assert.deepEqual([first, second, third], ['INFO detached', 'INFO { a: [Object] }', 'INFO dirxml']);
  assert.match(table ?? '', /^INFO ┌/);
  assert.deepEqual(
    rest.filter((line) => !line.includes('timer')),
    ['WARNING Assertion failed: not so', 'INFO count: 1', 'INFO group', String.raw`INFO a\0b`, 'INFO imported'],
  );
});

test('what a charm logs while the process exits arrives, however it came to that', async (t) => {
  const charm = new CharmProcess(t);
  const atExit = `process.on('exit', () => console.log('at exit'));`;
  for (const [body, code] of [
    [``, 0],
    [`process.exit(4);`, 4],
    [`throw new Error('broken');`, 1],
    [`setTimeout(() => { throw new Error('broken'); }); await new Promise((resolve) => setTimeout(resolve, 5000));`, 1],
    [`await new Promise(() => undefined);`, 1],
  ] as const) {
    charm.writeCharm(`${atExit} console.log('before'); ${body}`);
    const ended = await charm.dispatch();
    const log = ended.log.filter((line) => line.startsWith('INFO'));
    assert.deepEqual([ended.code, log], [code, ['INFO before', 'INFO at exit']], body);
  }
});

test('hundreds of lines before a crash arrive, each once and in order', { timeout: 60_000 }, async (t) => {
  const charm = new CharmProcess(t);
  charm.writeCharm(`for (let n = 0; n < 300; n++) console.log('line', n); throw new Error('broken');`);
  const { log } = await charm.dispatch();
  const lines = log.filter((line) => line.startsWith('INFO'));
  assert.deepEqual(
    lines,
    Array.from({ length: 300 }, (_, index) => `INFO line ${index}`),
  );
});
