// The action that runs, if the event is one.

import type { HookContext } from '@charmed/sim/juju';
import { defaultParams, withResult } from '@charmed/sim/model';
import type { DraftScope } from './scope.ts';

export class ActionDraft implements NonNullable<HookContext['action']> {
  /** With defaults, which Juju fills in. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly #scope: DraftScope;
  #results: Readonly<Record<string, unknown>> | undefined;
  #failure: string | undefined;

  private constructor(scope: DraftScope, params: Readonly<Record<string, unknown>>) {
    this.#scope = scope;
    this.params = params;
  }

  static of(scope: DraftScope): ActionDraft | undefined {
    const { about } = scope.event;
    if (about.what !== 'action') return undefined;
    const defaults = defaultParams(scope.meta.actions?.[about.action]?.params);
    return new ActionDraft(scope, { ...defaults, ...about.params });
  }

  /** Nested; `undefined` if the charm has set none. */
  get results(): Readonly<Record<string, unknown>> | undefined {
    return this.#results;
  }

  /** The message of action-fail, if that was called. */
  get failure(): string | undefined {
    return this.#failure;
  }

  setResult(key: string, value: string): void {
    this.#results = withResult(this.#results ?? {}, key, value);
  }

  fail(message: string): void {
    this.#failure = message;
  }

  log(message: string): void {
    this.#scope.records.actionLogs.push(message);
  }
}
