// The hook commands of the noun "action": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { actionSetArgs, type ActionResult } from './action-results.ts';
import { ask, operands, tell } from './command.ts';
import { record } from './read.ts';
import type { HookRunner } from './runner.ts';

/** The action's parameters, with defaults filled in by Juju; or one of them, `null` if it is not given. */
export function actionGet(runner: HookRunner): Operation<Readonly<Record<string, unknown>>>;
export function actionGet(runner: HookRunner, key: string): Operation<unknown>;
export function actionGet(runner: HookRunner, key?: string): Operation<unknown> {
  return key === undefined
    ? ask(runner, 'action-get', [], record)
    : ask(runner, 'action-get', operands(key), (value) => value);
}

/**
 * Adds to what the operator gets. Nested results are sent under dotted keys, such as `backup.size`.
 *
 * @throws ModelError `bad-action-result` for a key that Juju refuses, `action-result-too-large` for more than one command line holds.
 * Nothing has been sent then.
 */
export function actionSet(runner: HookRunner, results: Readonly<Record<string, ActionResult>>): Operation<void> {
  return tell(runner, 'action-set', () => actionSetArgs(results));
}

export function actionLog(runner: HookRunner, message: string): Operation<void> {
  return tell(runner, 'action-log', ['--', message]);
}

/** Marks the action as failed. What it has set is delivered all the same. */
export function actionFail(runner: HookRunner, message = ''): Operation<void> {
  return tell(runner, 'action-fail', ['--', message]);
}
