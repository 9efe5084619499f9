// What becomes of a Python charm: the class that is written, and what is left to its author.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { camelCase, observedEvent, type ObservedEvent } from './events.ts';
import type { PythonCharm, PythonMethod, PythonStoredState, UnreadObservation } from './python/charm-class.ts';

export interface Handler {
  /** Here, such as `#onConfigChanged`. Deferred events and stored state find it by that name. */
  readonly name: string;
  /** In Python. */
  readonly method: string;
  readonly events: readonly ObservedEvent[];
  /** `undefined` when the class has no method of that name. */
  readonly source: PythonMethod | undefined;
}

export interface Observation {
  readonly event: ObservedEvent;
  readonly handler: string;
}

export interface MigrationPlan {
  readonly charm: PythonCharm;
  /** In the order of the Python code, each once. */
  readonly observations: readonly Observation[];
  readonly handlers: readonly Handler[];
  readonly storedStates: readonly PythonStoredState[];
  /** Observations that are not in the new class. */
  readonly unread: readonly (UnreadObservation & { readonly reason: string })[];
  /** Methods that handle no event. */
  readonly others: readonly PythonMethod[];
}

export function planOf(charm: PythonCharm, charmcraft: Charmcraft): MigrationPlan {
  const observations: Observation[] = [];
  const handlers = new Map<string, Handler>();
  const unread = charm.unread.map((each) => ({
    ...each,
    reason: 'what it observes, or with what, is not written there',
  }));
  for (const { event: source, handler: method, file, line } of charm.observations) {
    const event = observedEvent(source, charmcraft);
    if (!event) {
      const code = `self.on${source.key === undefined ? '' : `[${JSON.stringify(source.key)}]`}.${source.name}, ${method}`;
      unread.push({ file, line, code, reason: 'charmcraft.yaml and ops have no such event' });
      continue;
    }
    const known = handlers.get(method);
    if (known?.events.some(({ code }) => code === event.code)) continue;
    const name = known?.name ?? handlerName(method, [...handlers.values()]);
    observations.push({ event, handler: name });
    const events = [...(known?.events ?? []), event];
    handlers.set(method, { name, method, events, source: charm.methods.get(method) });
  }
  const others = [...charm.methods.values()].filter(({ name }) => name !== '__init__' && !handlers.has(name));
  return { charm, observations, handlers: [...handlers.values()], storedStates: charm.storedStates, unread, others };
}

/** `_on_config_changed` is `#onConfigChanged`. */
function handlerName(method: string, others: readonly Handler[]): string {
  const name = `#${camelCase(method)}`;
  const isTaken = (candidate: string) => others.some((other) => other.name === candidate);
  if (!isTaken(name)) return name;
  return isTaken(name.slice(1)) ? `${name}${others.length}` : name.slice(1);
}
