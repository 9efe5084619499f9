import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ManualClock } from '../memory/manual-clock.ts';
import { LogBuffer } from './log-buffer.ts';

const messages = (logs: LogBuffer) => logs.lines().map(({ message }) => message);

test('the oldest lines make room for new ones', () => {
  const logs = new LogBuffer('web', new ManualClock());
  for (let index = 0; index < 3000; index++) logs.write(Buffer.from(`line ${index} ${'x'.repeat(50)}\n`));
  const kept = messages(logs);
  assert.match(kept.at(-1) ?? '', /^line 2999 /);
  assert.ok(kept.length > 900 && kept.length < 1300, String(kept.length));
});

test('endless lines are cut', () => {
  const logs = new LogBuffer('web', new ManualClock());
  logs.write(Buffer.alloc(10_000, 'x'));
  logs.flush();
  assert.deepEqual(
    messages(logs).map(({ length }) => length),
    [4096, 4096, 1808],
  );
});

test('followers get each line once, until they stop', () => {
  const logs = new LogBuffer('web', new ManualClock());
  const seen: string[] = [];
  const stop = logs.follow(({ service, message }) => seen.push(`${service}: ${message}`));
  logs.write(Buffer.from('one\ntwo\n'));
  stop();
  logs.write(Buffer.from('three\n'));
  assert.deepEqual(seen, ['web: one', 'web: two']);
});

test('lines do not depend on how the output is cut into chunks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n'), maxLength: 50 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (output, size) => {
      const logs = new LogBuffer('web', new ManualClock());
      const bytes = Buffer.from(output);
      for (let at = 0; at < bytes.length; at += size) logs.write(bytes.subarray(at, at + size));
      logs.flush();
      assert.deepEqual(
        messages(logs),
        output
          .replace(/\n$/, '')
          .split('\n')
          .slice(output === '' ? 1 : 0),
      );
    }),
  );
});
