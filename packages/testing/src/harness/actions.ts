// Runs actions of the charm in a harness.

import { OpsError } from '@charmed/ops';
import type { HookContext } from '@charmed/sim/juju';
import { defaultParams, withResult } from '@charmed/sim/model';
import { HarnessError } from './errors.ts';
import type { Emitter } from './emitter.ts';
import type { World } from './world.ts';

/** What an action has told the operator. */
export interface ActionOutput {
  readonly logs: readonly string[];
  /** Nested, as the operator gets them; all plain values are strings. */
  readonly results: Readonly<Record<string, unknown>>;
}

/** The action has failed: the charm has said so. */
export class ActionFailed extends OpsError {
  /** What the charm gave as the reason. */
  readonly reason: string;
  readonly output: ActionOutput;

  constructor(reason: string, output: ActionOutput) {
    super('action-failed', `the action has failed: ${reason || 'its handler has called fail() without a reason'}`);
    this.reason = reason;
    this.output = output;
  }
}

type Params = Readonly<Record<string, unknown>>;
type ActionContext = NonNullable<HookContext['action']>;

class RunningAction implements ActionContext {
  readonly params: Params;
  readonly logs: string[] = [];
  results: Params = {};
  failure: string | undefined;

  constructor(params: Params) {
    this.params = params;
  }

  setResult(key: string, value: string): void {
    this.results = withResult(this.results, key, value);
  }

  fail(message: string): void {
    this.failure = message;
  }

  log(message: string): void {
    this.logs.push(message);
  }
}

export class Actions {
  readonly #world: World;
  readonly #charm: Emitter;
  #lastId = 0;

  constructor(world: World, charm: Emitter) {
    this.#world = world;
    this.#charm = charm;
  }

  /** @throws ActionFailed, HarnessError for an unknown action or parameters that Juju would refuse. */
  async run(action: string, params: Params): Promise<ActionOutput> {
    this.#charm.requireBegun();
    const running = new RunningAction({ ...this.#defaults(action, params), ...params });
    const outer = this.#world.action;
    this.#world.action = running;
    try {
      await this.#charm.emit({ what: 'action', action, params, id: String(++this.#lastId) });
    } finally {
      this.#world.action = outer;
    }
    const { logs, results, failure } = running;
    if (failure !== undefined) throw new ActionFailed(failure, { logs, results });
    return { logs, results };
  }

  #defaults(action: string, params: Params): Params {
    const actions = this.#world.meta.actions ?? {};
    if (!Object.hasOwn(actions, action)) {
      const known = Object.keys(actions).join(', ') || 'none';
      throw new HarnessError(`cannot run action ${action}: the metadata declares ${known}`);
    }
    const { params: declared = {}, required = [], additionalProperties = false } = actions[action] ?? {};
    const missing = required.find((name) => !Object.hasOwn(params, name));
    if (missing !== undefined)
      throw new HarnessError(`cannot run action ${action}: parameter ${missing} is required, but missing`);
    const unknown = Object.keys(params).find((name) => !Object.hasOwn(declared, name));
    if (unknown !== undefined && !additionalProperties) {
      throw new HarnessError(
        `cannot run action ${action}: it has no parameter ${unknown}, and does not allow additional ones`,
      );
    }
    return defaultParams(declared);
  }
}
