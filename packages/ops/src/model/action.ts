// The action that this dispatch runs: its parameters in, its results, messages and failure out.

import { actionFail, actionGet, actionLog, actionSet } from '../hookcmds/action.ts';
import type { ActionResult } from '../hookcmds/action-results.ts';
import type { Backend } from './backend.ts';

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
