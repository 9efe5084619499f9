// Drives a model without charms: each unit's next event begins and ends at once, with the changes that a test asks for.

import type { MetaSource } from '@charmed/ops/internal';
import {
  addApplication,
  beginAction,
  beginHook,
  commitHook,
  containerReady,
  emptyModel,
  failedEvent,
  failHook,
  finishAction,
  nextEvent,
  NO_CHANGES,
  settle,
  type BegunHook,
  type HookChanges,
  type ModelState,
  type UnitEvent,
} from '@charmed/sim/model';

export const GUESTBOOK: MetaSource = {
  name: 'guestbook',
  requires: { db: { interface: 'kv', limit: 1 } },
  containers: { web: {} },
  actions: { backup: {} },
  config: { options: { port: { type: 'int', default: 8080 }, debug: { type: 'boolean' } } },
};

export const KV: MetaSource = {
  name: 'kv',
  provides: { db: { interface: 'kv' }, metrics: { interface: 'scrape' } },
  peers: { peers: { interface: 'kv-peer' } },
  config: { options: { port: { type: 'int', default: 6000 } } },
};

export function emptyTestModel(): ModelState {
  return emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
}

export function deploy(state: ModelState, name: string, charm: MetaSource): ModelState {
  return settle(addApplication(state, { name, charm }, 't'));
}

/** Begins what comes next for a unit, a retry included. */
export function begin(state: ModelState, unit: string): { state: ModelState; hook: BegunHook } | undefined {
  const event = nextEvent(state, unit) ?? failedEvent(state, unit);
  if (event === undefined) return undefined;
  const begun = event.kind === 'action' ? beginAction(state, event.task, 't') : beginHook(state, unit, event, 't');
  return { state: begun, hook: { unit, event, base: begun } };
}

/** `fail` makes a hook exit 1, and an action fail. */
export function end(state: ModelState, hook: BegunHook, how: Partial<HookChanges> | 'fail' = {}): ModelState {
  const changes = how === 'fail' ? NO_CHANGES : { ...NO_CHANGES, ...how };
  if (hook.event.kind === 'action') {
    const outcome = { results: {}, failure: undefined, error: how === 'fail' ? 'exit status 1' : undefined };
    return finishAction(state, { ...hook, task: hook.event.task }, changes, outcome, 't');
  }
  return how === 'fail' ? failHook(state, hook.unit, 't') : commitHook(state, hook, changes, 't');
}

export function runHook(state: ModelState, unit: string, how: Partial<HookChanges> | 'fail' = {}): ModelState {
  const begun = begin(state, unit);
  return begun === undefined ? state : end(begun.state, begun.hook, how);
}

/** Runs all units in turn until none has anything to do; failed hooks stay failed. */
export function runUntilQuiet(
  state: ModelState,
  options: { readonly readyAfter?: string } = {},
): { state: ModelState; log: string[] } {
  const log: string[] = [];
  let next = state;
  let unit = nextBusyUnit(next);
  while (unit !== undefined) {
    const event = nextEvent(next, unit);
    if (event === undefined) break;
    log.push(`${unit} ${describe(event)}`);
    next = runHook(next, unit);
    if (event.kind === options.readyAfter) next = containerReady(next, unit, 'web');
    unit = nextBusyUnit(next);
  }
  return { state: next, log };
}

function nextBusyUnit(state: ModelState): string | undefined {
  return Object.keys(state.units).find((unit) => nextEvent(state, unit) !== undefined);
}

function describe(event: UnitEvent): string {
  switch (event.kind) {
    case 'action':
      return `action ${event.action}`;
    case 'pebble-ready':
      return `${event.container}-pebble-ready`;
    case 'relation-departed':
      return `${event.endpoint}-${event.kind} ${event.remoteUnit} departing ${event.departingUnit}`;
    case 'relation-created':
    case 'relation-broken':
      return `${event.endpoint}-${event.kind}`;
    case 'relation-joined':
    case 'relation-changed':
      return `${event.endpoint}-${event.kind} ${event.remoteUnit ?? event.remoteApp}`;
    default:
      return event.kind;
  }
}
