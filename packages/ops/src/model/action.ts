// The action that this dispatch runs: its parameters in, its results, messages and failure out.

import { actionFail, actionGet, actionLog, actionSet } from '../hookcmds/action.ts';
import type { Backend } from './backend.ts';
import { ModelError } from './errors.ts';

/** A result of an action: a string, or more of them under a common name. Numbers and booleans are sent as text. */
export type ActionResult = string | number | boolean | { readonly [key: string]: ActionResult };

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

  /** @throws ModelError `bad-action-result` for a key that Juju refuses, or two that are the same once flattened. */
  async setResults(results: Readonly<Record<string, ActionResult>>): Promise<void> {
    await actionSet(this.#backend.runner, flatten(results));
  }

  async log(message: string): Promise<void> {
    await actionLog(this.#backend.runner, message);
  }

  async fail(message: string): Promise<void> {
    await actionFail(this.#backend.runner, message);
  }
}

const KEY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Nested results under dotted keys, as Juju takes them. */
export function flatten(results: Readonly<Record<string, ActionResult>>): Readonly<Record<string, string>> {
  const flat = new Map<string, string>();
  for (const [key, value] of leaves(results, '')) {
    if (flat.has(key)) throw new ModelError('bad-action-result', `cannot set action result ${key}: it is given twice`);
    flat.set(key, String(value));
  }
  return Object.fromEntries(flat);
}

function* leaves(results: Readonly<Record<string, ActionResult>>, prefix: string): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(results)) {
    if (!KEY.test(name)) {
      throw new ModelError(
        'bad-action-result',
        `cannot set action result ${JSON.stringify(name)}: a key has lower-case letters, digits, "-" and ".", and begins and ends with a letter or digit`,
      );
    }
    if (typeof value === 'object') yield* leaves(value, `${prefix}${name}.`);
    else yield [`${prefix}${name}`, value];
  }
}
