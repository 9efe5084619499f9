// Runs a few lines of a test inside a handler of a charm, over scripted hook commands.

import { CharmBase, type CharmFramework } from '../src/charm/charm-base.ts';
import { CharmEvents } from '../src/charm/charm-events.ts';
import type { CharmEvent } from '../src/events/type.ts';
import type { EventBase } from '../src/framework/event.ts';
import { charmMetaFrom } from '../src/meta/charm-meta.ts';
import { dispatch, type Dispatched, type DispatchOptions } from './dispatch.ts';

/** Runs `work` in the handler of config-changed. */
export function inHandler(work: (charm: CharmBase) => unknown, options: DispatchOptions = {}): Promise<Dispatched> {
  return inHandlerOf((on) => on.configChanged, work, options);
}

/** Runs `work` in the handler of any event. */
export function inHandlerOf<E extends EventBase>(
  choose: (on: CharmEvents) => CharmEvent<E>,
  work: (charm: CharmBase, event: E) => unknown,
  options: DispatchOptions = {},
): Promise<Dispatched> {
  const chosen = choose(new CharmEvents(charmMetaFrom(options.meta ?? { name: 'web' })));
  class TestCharm extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(chosen, this.#onEvent);
    }

    async #onEvent(event: E): Promise<void> {
      await work(this, event);
    }
  }
  return dispatch(TestCharm, pathOf(chosen.kind), options);
}

function pathOf(kind: string): string {
  const action = /^(.+)-action$/.exec(kind)?.[1];
  return action === undefined ? `hooks/${kind}` : `actions/${action}`;
}
