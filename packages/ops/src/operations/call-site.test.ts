// The stack of an error that an operation failed with.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captureCallSite, showCallSite } from './call-site.ts';
import { Scope } from './scope.ts';
import { operation } from './start.ts';

/** Fails as a socket does: from where nothing leads back to the caller. */
function later(makeError: () => unknown): Promise<never> {
  return new Promise((_resolve, reject) => {
    setImmediate(() => reject(makeError()));
  });
}

const inScope = (work: () => unknown) => new Scope('handler').run(work);

test('it ends with the place that started the operation, or the outermost of several', async () => {
  const failing = () => operation('inner', () => later(() => new Error('gone')));
  async function throughHelper(): Promise<void> {
    await operation('outer', async () => await failing());
  }
  let stack = '';
  await inScope(async () => {
    try {
      await throughHelper();
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
  });
  const frames = stack.split('\n').slice(1);
  assert.match(stack, /^Error: gone\n/);
  assert.equal(frames.filter((frame) => /at throughHelper .*call-site\.test\.ts:\d+/.test(frame)).length, 1, stack);
  assert.doesNotMatch(stack, /at failing|start\.ts/);
});

test('an error that fails one operation after another names the last', async () => {
  const error = new Error('gone');
  const stacks: string[] = [];
  async function first(): Promise<void> {
    await operation('a', () => later(() => error)).catch(() => stacks.push(error.stack ?? ''));
  }
  async function second(): Promise<void> {
    await operation('b', () => later(() => error)).catch(() => stacks.push(error.stack ?? ''));
  }
  await inScope(async () => {
    await first();
    await second();
  });
  assert.match(stacks[0] ?? '', /at first /);
  assert.match(stacks[1] ?? '', /at second /);
  assert.doesNotMatch(stacks[1] ?? '', /at first /);
});

test('what is thrown otherwise stays as it is', async () => {
  const frozen = Object.freeze(new Error('frozen'));
  const own = Object.defineProperty(new Error('own'), 'stack', { value: 'its own' });
  for (const thrown of ['text', undefined, null, frozen, own, { stack: 'x' }]) {
    let caught: unknown = 'nothing';
    await inScope(() => operation('a', () => later(() => thrown)).catch((error: unknown) => (caught = error)));
    assert.equal(caught, thrown);
  }
  assert.equal(own.stack, 'its own');
});

test('a stack can be set, as ever', () => {
  const error = new Error('gone');
  showCallSite(error, captureCallSite(showCallSite));
  error.stack = 'mine';
  assert.equal(error.stack, 'mine');
  assert.deepEqual(Object.keys(error), []);
});
