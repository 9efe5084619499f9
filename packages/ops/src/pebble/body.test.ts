// Answers are bounded, in size and in time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { decode, readAnswer } from './body.ts';
import { PebbleProtocolError } from './errors.ts';

test('an answer that comes drop by drop without an end is given up, and its source let go', async () => {
  let isReleased = false;
  async function* drops(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        yield Buffer.from(' ');
        await macrotask();
      }
    } finally {
      isReleased = true;
    }
  }
  await assert.rejects(readAnswer(drops(), { bytes: Infinity, ms: 20 }), PebbleProtocolError);
  assert.ok(isReleased);
});

test('an answer may have as many bytes as the bound says, and no more', async () => {
  const bounds = { bytes: 4, ms: 60_000 };
  async function* bytes(...pieces: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  assert.equal(await readAnswer(bytes('ab', 'cd'), bounds), 'abcd');
  await assert.rejects(readAnswer(bytes('ab', 'cde'), bounds), PebbleProtocolError);
});

test('characters may be cut anywhere', async () => {
  const whole = Buffer.from('\ufeffgrüße €😀');
  for (let at = 0; at <= whole.length; at += 1) {
    async function* halves(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, at);
      yield whole.subarray(at);
    }
    assert.equal(await decode(halves(), { fatal: true }), whole.toString());
  }
});
