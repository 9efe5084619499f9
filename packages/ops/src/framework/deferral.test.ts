// Deferral over random lives of a unit, held against a model of it that is a list and nothing more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Logger } from '../log.ts';
import { Breakpoints } from './breakpoints.ts';
import { CustomEventBase } from './custom-event.ts';
import { DispatchEnd } from './dispatch-end.ts';
import { Framework } from './framework.ts';
import { FrameworkObject } from './framework-object.ts';
import type { StoreContents } from './store.ts';

class PokedEvent extends CustomEventBase<{ n: number }> {}

const HANDLERS = ['first', 'second', 'third'] as const;
type Handler = (typeof HANDLERS)[number];

/** One dispatch: what is emitted, who observes, and who defers what. */
interface Dispatch {
  readonly emitted: readonly number[];
  readonly observing: readonly Handler[];
  /** Handlers that defer every event, and numbers that every handler defers. */
  readonly patient: readonly Handler[];
  readonly hard: readonly number[];
}

interface Waiting {
  readonly n: number;
  readonly handler: Handler;
  readonly missed: number;
}

/** What each dispatch should deliver, and leave waiting. */
function expected(before: readonly Waiting[], dispatch: Dispatch) {
  const delivered: string[] = [];
  const defers = (n: number, handler: Handler) => dispatch.patient.includes(handler) || dispatch.hard.includes(n);
  const waiting = before.flatMap(({ n, handler, missed }): Waiting[] => {
    if (!dispatch.observing.includes(handler)) return missed < 10 ? [{ n, handler, missed: missed + 1 }] : [];
    delivered.push(`${handler} ${n}`);
    return defers(n, handler) ? [{ n, handler, missed: 0 }] : [];
  });
  for (const n of dispatch.emitted) {
    for (const handler of dispatch.observing) {
      if (waiting.some((other) => other.n === n && other.handler === handler)) continue;
      delivered.push(`${handler} ${n}`);
      if (defers(n, handler)) waiting.push({ n, handler, missed: 0 });
    }
  }
  return { delivered, waiting };
}

async function actual(stored: StoreContents, dispatch: Dispatch) {
  const logger: Logger = { log: () => undefined };
  const framework = new Framework<null>({
    host: null,
    stored,
    logger,
    breakpoints: new Breakpoints(new Set(), logger),
    charmName: 'WebCharm',
    end: new DispatchEnd(),
    onForgotten: () => assert.fail('nothing is forgotten here'),
  });
  const charm = new (class extends FrameworkObject<null> {
    readonly on = this.defineEvents({ poked: PokedEvent });
  })(framework, 'charm');
  const delivered: string[] = [];
  for (const handler of dispatch.observing) {
    const handle = (event: PokedEvent) => {
      delivered.push(`${handler} ${event.payload.n}`);
      if (dispatch.patient.includes(handler) || dispatch.hard.includes(event.payload.n)) event.defer();
    };
    charm.observe(charm.on.poked, handle, { id: handler });
  }
  await framework.reemit();
  for (const n of dispatch.emitted) await charm.on.poked.emit({ n });
  return { delivered, contents: framework.changes() ?? stored };
}

const someHandlers = fc.subarray([...HANDLERS]);
const numbers = fc.array(fc.nat(4), { maxLength: 5 });
const dispatches = fc.array(
  fc.record({ emitted: numbers, observing: someHandlers, patient: someHandlers, hard: numbers }),
  { maxLength: 30 },
);

test('whatever happens, each event reaches each of its handlers once, in order, until it is dealt with', async () => {
  await fc.assert(
    fc.asyncProperty(dispatches, async (life) => {
      let waiting: readonly Waiting[] = [];
      let stored: StoreContents = { notices: [], states: new Map() };
      for (const dispatch of life) {
        const model = expected(waiting, dispatch);
        const { delivered, contents } = await actual(stored, dispatch);
        assert.deepEqual(delivered, model.delivered);
        assert.deepEqual(
          contents.notices.map(({ snapshot, handler, missed }) => ({ n: snapshot.n, handler, missed })),
          model.waiting,
        );
        const sequences = contents.notices.map(({ sequence, handler }) => `${sequence} ${handler}`);
        assert.equal(new Set(sequences).size, sequences.length);
        waiting = model.waiting;
        stored = { notices: JSON.parse(JSON.stringify(contents.notices)), states: contents.states };
      }
    }),
    { numRuns: 200 },
  );
});
