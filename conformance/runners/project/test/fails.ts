// Tests that fail in each runner, with what a developer needs to see.

import { ActiveStatus } from '@charmed/ops';
import { Context, Relation, State } from '@charmed/testing';
import { WebCharm } from '../src/charm.ts';
import { expect, test } from '../runner.ts';

test('another state than expected', async () => {
  const ctx = new Context(WebCharm);
  const relations = [new Relation('db', { remoteAppData: { url: 'sql://db' } })];
  const out = await ctx.run(ctx.on.start(), new State({ relations }));
  expect(out).toEqual(out.with({ unitStatus: new ActiveStatus('sql://other') }));
});

test('a forgotten await', async () => {
  const ctx = new Context(WebCharm);
  await ctx.run(ctx.on.action('forget'), new State());
});

test('what the charm throws', async () => {
  const ctx = new Context(WebCharm);
  await ctx.run(ctx.on.action('crash'), new State());
});
