// The charm that does nothing, as its author would test it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveStatus, UnknownStatus } from '@charmed/ops';
import { Context, State } from '@charmed/testing';
import { NoopCharm } from '../src/charm.ts';

test('a charm without a workload is active', async () => {
  const ctx = new Context(NoopCharm);
  assert.deepEqual((await ctx.run(ctx.on.start(), new State())).unitStatus, new ActiveStatus());
});

test('it does nothing else', async () => {
  const ctx = new Context(NoopCharm);
  for (const event of [
    ctx.on.install(),
    ctx.on.configChanged(),
    ctx.on.updateStatus(),
    ctx.on.stop(),
    ctx.on.remove(),
  ]) {
    const out = await ctx.run(event, new State());
    assert.deepEqual(out.unitStatus, new UnknownStatus());
  }
});
