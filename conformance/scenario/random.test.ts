// Transitions that nobody has thought of: they end as in Scenario, and what comes out of one goes into the next.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Context } from '@charmed/testing';
import * as fc from 'fast-check';
import { testWithPeers } from '../peers.ts';
import { META, type Case } from './case.ts';
import { comparable, details, inScenario } from './compare.ts';
import { charmOf, eventFrom, kindOf, stateFrom } from './from-data.ts';
import { randomCase } from './random-case.ts';
import { runCase } from './run-case.ts';

/** The same each time: what is new is no surprise for who has changed something else. */
const SEED = 6;

testWithPeers('transitions at random end as in Scenario', ['python'], async () => {
  const cases = fc.sample(randomCase, { numRuns: 250, seed: SEED });
  const [theirs, ours] = await Promise.all([inScenario(cases), Promise.all(cases.map(runCase))]);
  for (const [index, given] of cases.entries()) {
    const message = `${JSON.stringify(given)}\n${details(ours[index], theirs[index])}`;
    assert.deepEqual(comparable(ours[index]), comparable(theirs[index]), message);
  }
});

void test('a state that comes out goes in again, and what it has deferred comes first', async () => {
  await fc.assert(
    fc.asyncProperty(randomCase, async (given) => {
      const ctx = new Context(charmWithoutCrash(given), { meta: META, appName: 'app', captureDeferredEvents: true });
      let state = stateFrom(given.state ?? {});
      for (let run = 0; run < 3; run++) {
        const { emittedEvents, state: next } = await ctx.record(eventFrom(ctx, given.event, state), state);
        const again = emittedEvents.slice(0, state.deferred.length);
        assert.deepEqual(
          again.map(({ kind, snapshot, isDeferred }) => ({ kind, snapshot, isDeferred })),
          state.deferred.map(({ kind, snapshot }) => ({ kind, snapshot, isDeferred: true })),
        );
        state = next;
      }
      const { deferred } = await ctx.run(ctx.on.updateStatus(), state);
      assert.deepEqual(deferred, state.deferred);
    }),
    { seed: SEED, numRuns: 120 },
  );
});

function charmWithoutCrash({ event, state, steps = [], handlers = {} }: Case) {
  const calm = steps.filter(([verb]) => verb !== 'raise');
  return charmOf({ ...handlers, [kindOf(event, state)]: calm }, []);
}
