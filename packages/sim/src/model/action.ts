// Actions: asked for by a user, run as tasks of a unit between its hooks. A failed action is an answer, not an error of the unit.
// Follows juju/juju internal/worker/uniter/operation/runaction.go and runner/context/context.go, finalizeAction.

import { applyChanges, refusedChange, type HookChanges } from './changes.ts';
import type { BegunHook } from './commit.ts';
import { settle } from './settle.ts';
import { statusInfo } from './status-info.ts';
import type { ModelState, TaskState } from './state.ts';
import { ModelCommandError, applicationOf, patch, patchInfo, put, unitOf } from './update.ts';

/**
 * Queues an action. The parameters are taken as given: whoever asks validates them.
 *
 * @throws ModelCommandError `unknown-unit`, `unknown-action`.
 */
export function enqueueAction(
  state: ModelState,
  unit: string,
  action: string,
  params: TaskState['params'],
  at: string,
): { readonly state: ModelState; readonly task: TaskState } {
  const declared = applicationOf(state, unitOf(state, unit).application).charm.actions ?? {};
  if (!(action in declared)) {
    const known = Object.keys(declared).join(', ') || 'none';
    throw new ModelCommandError(
      'unknown-action',
      `cannot run "${action}" on ${unit}: its charm has the actions ${known}`,
    );
  }
  const operation = state.model.nextOperation;
  const task: TaskState = {
    id: String(operation + 1),
    operation: String(operation),
    unit,
    action,
    params,
    status: 'pending',
    results: {},
    message: '',
    log: [],
    enqueued: at,
    started: null,
    completed: null,
  };
  return { state: put(patchInfo(state, { nextOperation: operation + 2 }), 'tasks', task.id, task), task };
}

export function beginAction(state: ModelState, id: string, at: string): ModelState {
  const task = state.tasks[id];
  if (task === undefined) return state;
  const begun = patch(state, 'tasks', id, { status: 'running', started: at });
  return patch(begun, 'units', task.unit, {
    agentStatus: statusInfo('executing', `running action ${task.action}`, at),
  });
}

/** How an action's dispatch ended. */
export interface ActionOutcome {
  readonly results: TaskState['results'];
  /** The message of action-fail, if that was called. */
  readonly failure: string | undefined;
  /** Why the dispatch itself failed, such as `exit status 1`; `undefined` if it succeeded. */
  readonly error: string | undefined;
}

/** Results and message are always delivered; what hooks hold back is applied only if the dispatch succeeded, and if it is not refused. */
export function finishAction(
  state: ModelState,
  action: BegunHook & { readonly task: string },
  changes: HookChanges,
  outcome: ActionOutcome,
  at: string,
): ModelState {
  const refused = outcome.error === undefined ? refusedChange(state, action.unit, changes) : undefined;
  const isApplied = outcome.error === undefined && refused === undefined;
  const applied = isApplied ? applyChanges(state, action.unit, changes, at) : state;
  const message = outcome.error ?? outcome.failure ?? (refused && 'committing requested changes failed');
  const finished = patch(applied, 'tasks', action.task, {
    status: message === undefined ? 'completed' : 'failed',
    results: refused === undefined ? outcome.results : withRefusal(outcome.results, refused),
    message: message ?? '',
    completed: at,
  });
  return settle(patch(finished, 'units', action.unit, { agentStatus: statusInfo('idle', '', at) }));
}

function withRefusal(results: TaskState['results'], reason: string): TaskState['results'] {
  const { stderr, 'return-code': code } = results;
  const told = typeof stderr === 'string' ? `${stderr}\n${reason}` : reason;
  return { ...results, stderr: told, 'return-code': code === undefined || code === 0 ? 1 : code };
}

/** An action cut short by the agent's own end is not repeated: it may not be safe to. */
export function failInterruptedAction(state: ModelState, id: string, at: string): ModelState {
  const task = state.tasks[id];
  if (task === undefined || task.status !== 'running') return state;
  const failed = patch(state, 'tasks', id, { status: 'failed', message: 'action terminated', completed: at });
  return patch(failed, 'units', task.unit, { agentStatus: statusInfo('idle', '', at) });
}
