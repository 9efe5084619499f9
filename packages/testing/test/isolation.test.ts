// What tests that use this library share with everything else in their process: nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const GLOBALS: Readonly<Record<string, object>> = {
  globalThis,
  console,
  process,
  Error,
  Array: Array.prototype,
  Function: Function.prototype,
  Object: Object.prototype,
  Promise: Promise.prototype,
};

/** Node makes some only when they are asked for; those that are there already are what somebody could have replaced. */
function properties(): ReadonlyMap<string, unknown> {
  const entries = Object.entries(GLOBALS).flatMap(([name, object]) =>
    Reflect.ownKeys(object).map((key): [string, unknown] => {
      const { value, get } = Object.getOwnPropertyDescriptor(object, key) ?? {};
      return [`${name}.${String(key)}`, value ?? get];
    }),
  );
  return new Map(entries);
}

test('nothing global is another after an import, nor after runs, whether they succeed or fail', async () => {
  properties(); // makes what Node makes lazily
  const before = properties();
  const { Context, State } = await import('../src/index.ts');
  const { WebCharm } = await import('./web-charm.ts');
  assert.deepEqual(properties(), before);
  const ctx = new Context(WebCharm);
  const runs = [ctx.on.start(), ctx.on.action('crash'), ctx.on.updateStatus()].map((event) =>
    ctx.run(event, new State()),
  );
  await Promise.allSettled(runs);
  assert.deepEqual(properties(), before);
  await using manager = await ctx.manager(ctx.on.start(), new State());
  await manager.run();
  assert.deepEqual(properties(), before);
});

test("what a test has put in place of the console gets what is not the charm's, during runs and after them", async (t) => {
  const { Context, State } = await import('../src/index.ts');
  const { WebCharm } = await import('./web-charm.ts');
  const spy = t.mock.method(console, 'info', () => undefined);
  const ctx = new Context(WebCharm);
  const run = ctx.run(ctx.on.start(), new State());
  console.info('during');
  await run;
  console.info('after');
  assert.deepEqual(
    spy.mock.calls.map(({ arguments: args }) => args),
    [['during'], ['after']],
  );
});
