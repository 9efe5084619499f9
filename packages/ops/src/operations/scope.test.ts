// What a handler's scope finds out about the operations that were started in it.

import assert from 'node:assert/strict';
import { setImmediate as macrotask } from 'node:timers/promises';
import { test } from 'node:test';
import { Scope, type ForgottenOperation } from './scope.ts';
import { operation } from './start.ts';

const later = async <T>(value: T): Promise<T> => {
  await macrotask();
  return value;
};
const failing = async (): Promise<never> => {
  await macrotask();
  throw new Error('no such relation');
};

async function namesOf(forgotten: Promise<readonly ForgottenOperation[]>): Promise<readonly string[]> {
  return (await forgotten).map(({ name }) => name);
}

const inScope = (work: () => unknown) => new Scope('handler').run(work);

test('an operation that is looked at is not forgotten, however that is done', async () => {
  const ways: readonly (() => unknown)[] = [
    async () => await operation('awaited', () => later(1)),
    () => operation('returned', () => later(1)),
    () => Promise.all([operation('a', () => later(1)), operation('b', () => later(2))]),
    () => Promise.allSettled([operation('a', failing)]),
    () => operation('then only', () => later(1)).then(() => undefined),
    () => operation('catch only', failing).catch(() => undefined),
    () => operation('finally only', () => later(1)).finally(() => undefined),
    async () => {
      const kept = operation('kept', () => later(1));
      await macrotask();
      await kept;
    },
  ];
  for (const way of ways) assert.deepEqual(await namesOf(inScope(way)), []);
});

test('an operation that nobody looks at is forgotten, however that is written', async () => {
  const ways: readonly (() => unknown)[] = [
    () => void operation('lost', () => later(1)),
    () => {
      const kept = operation('lost', () => later(1));
      return typeof kept;
    },
    async () => {
      void operation('lost', () => later(1));
      await macrotask();
      await macrotask();
    },
    () => [operation('lost', () => later(1))].length,
  ];
  for (const way of ways) assert.deepEqual(await namesOf(inScope(way)), ['lost']);
});

test('what is pending at the end of the handler is completed first', async () => {
  const done: string[] = [];
  await inScope(() => {
    void operation('slow', async () => done.push(await later(await later('slow'))));
    void operation('then', () => later(1)).then(() => done.push('then'));
  });
  assert.deepEqual(done.toSorted(), ['slow', 'then']);
});

test('a forgotten operation may start another', async () => {
  const done: string[] = [];
  const forgotten = await namesOf(
    inScope(() => {
      void operation('outer', async () => {
        await macrotask();
        void operation('inner', async () => done.push(await later('inner')));
      });
    }),
  );
  assert.deepEqual(forgotten, ['outer', 'inner']);
  assert.deepEqual(done, ['inner']);
});

test('a helper that is not awaited goes on to its end', async () => {
  const done: string[] = [];
  const helper = async () => {
    await operation('first', () => later(1));
    await operation('second', async () => done.push('second'));
  };
  assert.deepEqual(await namesOf(inScope(() => void helper())), []);
  assert.deepEqual(done, ['second']);
});

test('a forgotten operation that fails says why, and is no unhandled rejection', async () => {
  const [forgotten, ...others] = await inScope(() => void operation('lost', failing));
  assert.equal(others.length, 0);
  assert.ok(forgotten?.error instanceof Error);
  assert.equal(forgotten.error.message, 'no such relation');
});

test('the call site names the file and the line', async () => {
  const here = new Error('here');
  const [forgotten] = await inScope(() => void operation('lost', () => later(1)));
  const line = Number(/scope\.test\.ts:(\d+)/.exec(here.stack ?? '')?.[1]);
  assert.match(forgotten?.site ?? '', new RegExp(`scope\\.test\\.ts:${line + 1}:`));
});

test('scopes of handlers that run inside each other are apart', async () => {
  let inner: Promise<readonly ForgottenOperation[]> | undefined;
  const outer = inScope(async () => {
    inner = new Scope('inner').run(() => void operation('of inner', () => later(1)));
    await inner;
    void operation('of outer', () => later(1));
  });
  assert.deepEqual(await namesOf(outer), ['of outer']);
  assert.ok(inner);
  assert.deepEqual(await namesOf(inner), ['of inner']);
});

test('an operation after the end of its handler is refused and never starts', async () => {
  let started = false;
  const { promise: late, resolve } = Promise.withResolvers<unknown>();
  await new Scope('charm.#onStart for start').run(() => {
    setTimeout(() => {
      const refused = operation('unit.setStatus', async () => {
        started = true;
      });
      resolve(refused.catch((error: unknown) => error));
    }, 1);
  });
  const error = await late;
  assert.ok(error instanceof Error && 'code' in error);
  assert.equal(error.code, 'operation-after-handler');
  assert.match(error.message, /unit\.setStatus.*charm\.#onStart for start/);
  assert.match(error.stack ?? '', /scope\.test\.ts/);
  assert.equal(started, false);
});

test('what the handler throws comes out after its operations have ended', async () => {
  let done = false;
  const run = inScope(() => {
    void operation('slow', async () => {
      await later(1);
      done = true;
    });
    throw new Error('broken');
  });
  await assert.rejects(run, /broken/);
  assert.equal(done, true);
});

test('outside of any handler an operation is a plain promise', async () => {
  assert.equal(await operation('free', () => later(7)), 7);
});
