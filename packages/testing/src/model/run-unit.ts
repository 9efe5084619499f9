// One event of one unit: the real dispatch of its charm, over the model as its hook sees it.

import type { LogLevel } from '@charmed/ops';
import { inCallOrder, jujuContextFrom, localFiles, reasonOf, run } from '@charmed/ops/internal';
import { simulatedRunner } from '@charmed/sim/juju';
import {
  applyEffect,
  beginAction,
  beginHook,
  commitHook,
  failedEvent,
  failHook,
  finishAction,
  HookDraft,
  hookEnvironment,
  hookName,
  isRelationEvent,
  nextEvents,
  refusedChange,
  unitOf,
  type HookSink,
  type ModelState,
  type UnitEvent,
} from '@charmed/sim/model';
import type { ExecArgs } from '../run/exec-args.ts';
import { PebbleWorld } from '../pebble/world.ts';
import { withConsole } from '../run/console.ts';
import { MemoryStore } from '../run/memory-store.ts';
import { Crash, type CrashPoint } from './crash.ts';
import { provide, surroundingsOf, withTold } from './workloads.ts';
import { EMPTY_STORE, timeOf, type World } from './world.ts';

const PATHS = { charmDir: '.', toolsDir: '/', socket: '/none', contextId: 'none' };

/** What has happened to one unit. */
export interface Ran {
  readonly world: World;
  /** Such as `web/0 db-relation-changed pg/0`. */
  readonly what: string;
  /** How many hook commands and changes to containers it took. */
  readonly commands: number;
  /** Whether the charm has kept anything for the next hook. */
  readonly commits: boolean;
  /** What the charm has thrown, or Juju has refused at the end. */
  readonly error?: unknown;
}

export interface RunUnitOptions {
  /** When the charm is killed, which counts as a hook that fails. Default: never. */
  readonly crashAfter?: CrashPoint | undefined;
  readonly log: (level: LogLevel, message: string) => void;
  /** A command has run in a container. */
  readonly onExec?: (container: string, args: ExecArgs) => void;
}

/** The events one of which a unit runs next, a retry included. */
export function nextOf(state: ModelState, unit: string): readonly UnitEvent[] {
  const events = nextEvents(state, unit);
  const failed = events.length === 0 ? failedEvent(state, unit) : undefined;
  return failed === undefined ? events : [failed];
}

function describe(unit: string, event: UnitEvent): string {
  const about = isRelationEvent(event) ? ` ${event.remoteUnit ?? event.remoteApp}` : '';
  return `${unit} ${hookName(event)}${about}`;
}

/** @param event one of those that it may run next. */
export async function runUnit(world: World, unit: string, event: UnitEvent, options: RunUnitOptions): Promise<Ran> {
  const at = timeOf(world);
  const crash = new Crash(options.crashAfter ?? Infinity);
  const base =
    event.kind === 'action' ? beginAction(world.state, event.task, at) : beginHook(world.state, unit, event, at);
  let [state, { secrets }] = [base, world];
  const hook = { unit, event, base };
  const sink: HookSink = {
    effect: (effect) => {
      state = applyEffect(state, unit, effect, at);
    },
    log: options.log,
  };
  const secretId = () => secretIdOf(base.model.uuid, (secrets += 1));
  const draft = new HookDraft(hook, sink, { now: () => at, secretId });
  const store = new MemoryStore(world.stores[unit] ?? EMPTY_STORE);
  const pebble = new PebbleWorld(world.containers[unit] ?? [], (container) => surroundingsOf(world, unit, container));
  const { application } = unitOf(world.state, unit);
  const charm = world.charms[application];
  if (!charm) throw new TypeError(`${application} has no charm`);
  const log = { log: options.log, flush: () => Promise.resolve() };
  const dispatch = () =>
    run(charm, {
      context: jujuContextFrom(hookEnvironment(base, unit, event, PATHS)),
      runner: crash.runner(inCallOrder(simulatedRunner(draft))),
      log: { ...log, flush: () => crash.atEnd() },
      store: crash.store(store),
      clock: { now: () => world.now },
      pebble: (container) => crash.transport(pebble.transport(container)),
      files: localFiles,
      readMeta: async () => charm.meta ?? { name: application },
      strict: true,
    }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  const ended = await withConsole(log, () => Promise.race([dispatch(), crash.killed]));
  const containers = (await pebble.containers()) ?? [];
  for (const [container, all] of Object.entries(pebble.execHistory))
    for (const args of all) options.onExec?.(container, args);
  const changes = draft.changes();
  const refused = ended ? undefined : refusedChange(state, unit, changes);
  const error = ended === 'killed' ? undefined : (ended?.error ?? (refused && new Error(refused)));
  const isFailed = ended !== undefined || refused !== undefined;
  const next =
    event.kind === 'action'
      ? finishAction(
          state,
          { ...hook, task: event.task },
          changes,
          outcomeOf(draft, isFailed ? reasonOf(error) : undefined),
          at,
        )
      : isFailed
        ? failHook(state, unit, at)
        : commitHook(state, hook, changes, at);
  // What is committed stays, although Juju discards what the hook did.
  const stores = store.committed ? { ...world.stores, [unit]: store.committed } : world.stores;
  return {
    world: provide(withTold({ ...world, secrets, stores }, unit, containers, next)),
    what: describe(unit, event),
    commands: crash.commands,
    commits: store.committed !== undefined,
    ...(error !== undefined && { error }),
  };
}

// Not those of another model.
function secretIdOf(modelUuid: string, number: number): string {
  const model = Number.parseInt(modelUuid.slice(0, 8), 16).toString(32).padStart(7, '0');
  return `${model}${number.toString(32).padStart(12, '0')}0`;
}

function outcomeOf({ actionResults, actionFailure }: HookDraft, error: string | undefined) {
  return { results: actionResults, failure: actionFailure, error };
}
