// One run: the real dispatch of the charm, over a draft of the state.

import type { CharmClass, LogLevel, MetaSource, OpsObject } from '@charmed/ops';
import { inCallOrder, jujuContextFrom, localFiles, run } from '@charmed/ops/internal';
import { simulatedRunner } from '@charmed/sim/juju';
import { emptyRecords, type DraftScope } from '../draft/scope.ts';
import { StateDraft } from '../draft/state-draft.ts';
import type { ContextEvent } from '../events/context-event.ts';
import { PebbleWorld } from '../pebble/world.ts';
import type { StateFields } from '../state/fields.ts';
import type { State } from '../state/state.ts';
import { withConsole } from './console.ts';
import { emitInstead } from './emit-instead.ts';
import { MemoryStore, stateOfStored, storedIn } from './memory-store.ts';
import type { EmittedEvent, Recording } from './recording.ts';

export interface RunOptions {
  readonly charm: CharmClass;
  readonly meta: MetaSource;
  readonly state: State;
  readonly event: ContextEvent;
  /** The variables of Juju's that are the same in all runs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly unitName: string;
  readonly appName: string;
  readonly isTrusted: boolean;
  /** What of this was probably not meant. */
  readonly warnings: readonly string[];
  /** The run goes on when this is done. */
  readonly onCharm: (charm: OpsObject) => void | Promise<void>;
}

/** How a run has ended. */
export interface RunOutcome {
  readonly recording: Recording;
  /** `undefined` if the charm has thrown. */
  readonly state: State | undefined;
  readonly error: unknown;
  /** The message of action-fail, if that was called. */
  readonly actionFailure: string | undefined;
}

export async function runEvent(options: RunOptions): Promise<RunOutcome> {
  const { charm, meta, state, event, environment, onCharm, warnings, ...names } = options;
  const records = emptyRecords();
  const emittedEvents: EmittedEvent[] = [];
  const scope: DraftScope = { ...names, state, changes: {}, event, meta, records };
  const draft = new StateDraft(scope);
  const store = new MemoryStore(storedIn(state));
  const pebble = new PebbleWorld(state.containers);
  const log = {
    log: (level: LogLevel, message: string) => void records.jujuLog.push({ level, message }),
    flush: () => Promise.resolve(),
  };
  const failure = await withConsole(log, () =>
    run(charm, {
      context: jujuContextFrom({ ...environment, ...event.environment() }),
      runner: inCallOrder(simulatedRunner(draft)),
      log,
      store,
      clock: { now: () => 0 },
      pebble: (container) => pebble.transport(container),
      files: localFiles,
      readMeta: () => Promise.resolve(meta),
      onCharm: (_framework, object) => onCharm(object),
      onEmit: (emission) => void emittedEvents.push(emission),
      emitInstead: emitInstead(event),
      strict: true,
    }),
  ).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const containers = await pebble.containers();
  const changes = draft.reboot === 'now' ? immediate(scope.changes) : scope.changes;
  return {
    recording: {
      ...records,
      emittedEvents,
      actionResults: draft.action?.results,
      execHistory: pebble.execHistory,
      warnings: [...warnings, ...pebble.warnings],
      reboot: draft.reboot,
    },
    state: failure
      ? undefined
      : state.with({ ...changes, ...(containers && { containers }), ...stateOfStored(store.committed) }),
    error: failure?.error,
    actionFailure: draft.action?.failure,
  };
}

// Of a hook that is killed by a reboot, Juju keeps what it has shown at once.
function immediate({ unitStatus, appStatus, workloadVersion }: StateFields): StateFields {
  return {
    ...(unitStatus && { unitStatus }),
    ...(appStatus && { appStatus }),
    ...(workloadVersion !== undefined && { workloadVersion }),
  };
}
