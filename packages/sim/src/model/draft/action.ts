// The action as its dispatch sees it.

import type { ActionContext } from '../../juju/context/action.ts';
import { withResult } from '../action-results.ts';
import type { TaskState } from '../state.ts';
import type { DraftScope } from './scope.ts';

export class ActionDraft implements ActionContext {
  readonly params: TaskState['params'];
  readonly #scope: DraftScope;
  readonly #task: string;
  #results: TaskState['results'] = {};
  #failure: string | undefined;

  constructor(scope: DraftScope, task: string) {
    this.#scope = scope;
    this.#task = task;
    this.params = scope.hook.base.tasks[task]?.params ?? {};
  }

  get results(): TaskState['results'] {
    return this.#results;
  }

  /** The message of action-fail, if that was called. */
  get failure(): string | undefined {
    return this.#failure;
  }

  setResult(key: string, value: string): void {
    this.#results = withResult(this.#results, key, value);
  }

  fail(message: string): void {
    this.#failure = message;
  }

  log(message: string): void {
    this.#scope.sink.effect({ kind: 'action-log', task: this.#task, message });
  }
}
