// The action that this dispatch runs: its parameters in, its results, messages and failure out.

import { actionFail, actionGet, actionLog, actionSet } from '../hookcmds/action.ts';
import type { ActionResult } from '../hookcmds/action-results.ts';
import type { Backend } from './backend.ts';
import { ValidationError } from './errors.ts';
import { validate, type StandardSchema } from './standard-schema.ts';

/** What to do about parameters that do not fit: throw, or fail the action and end the dispatch. */
export type ParamErrors = 'fail' | 'throw';

export class Action {
  readonly params: Readonly<Record<string, unknown>>;
  readonly #backend: Backend;

  private constructor(params: Readonly<Record<string, unknown>>, backend: Backend) {
    this.params = params;
    this.#backend = backend;
  }

  static async load(backend: Backend): Promise<Action> {
    return new Action(await backend.cached('action', () => actionGet(backend.runner)), backend);
  }

  async loadParams<T>(schema: StandardSchema<T>, errors: ParamErrors): Promise<T> {
    try {
      return await validate(schema, this.params, 'action parameters');
    } catch (error) {
      if (errors === 'throw' || !(error instanceof ValidationError)) throw error;
      await this.fail(`Error in action parameters: ${error.issues.join('; ')}`);
      return this.#backend.endDispatch();
    }
  }

  async setResults(results: Readonly<Record<string, ActionResult>>): Promise<void> {
    await actionSet(this.#backend.runner, results);
  }

  async log(message: string): Promise<void> {
    await actionLog(this.#backend.runner, message);
  }

  async fail(message: string): Promise<void> {
    await actionFail(this.#backend.runner, message);
  }
}
