// An action that an operator runs.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import type { ActionResult } from '../hookcmds/action-results.ts';
import type { JujuContext } from '../juju/context.ts';
import type { MetaSource } from '../meta/source.ts';
import type { ActionName, ActionParams } from '../meta/types.ts';
import { Action, type ParamErrors } from '../model/action.ts';
import type { StandardSchema } from '../model/standard-schema.ts';
import type { Operation } from '../operations/operation.ts';
import { operation } from '../operations/start.ts';
import { eventType, type CharmEventType } from './type.ts';

/** An operator runs an action. Cannot be deferred. */
export class ActionEvent<M extends MetaSource = MetaSource, A extends ActionName<M> = ActionName<M>> extends EventBase {
  /** Id of the task, as `juju show-task` knows it. */
  readonly id: string;
  /** The parameters, with defaults filled in by Juju. */
  readonly params: ActionParams<M, A>;
  readonly #action: Action;

  constructor(delivery: EventDelivery, id: string, action: Action) {
    super(delivery);
    this.id = id;
    this.params = action.params as ActionParams<M, A>;
    this.#action = action;
  }

  /**
   * The parameters, validated by a schema.
   *
   * @param options.errors `fail` fails the action with what is wrong and ends the dispatch; nothing is committed then. Default: `throw`.
   * @throws ValidationError when they do not fit the schema.
   */
  loadParams<T>(schema: StandardSchema<T>, options: { readonly errors?: ParamErrors } = {}): Operation<T> {
    return operation('event.loadParams', () => this.#action.loadParams(schema, options.errors ?? 'throw'));
  }

  /**
   * Adds to what the operator gets. Nested results are sent under dotted keys.
   *
   * @throws ModelError `bad-action-result` for a key that Juju refuses.
   */
  setResults(results: Readonly<Record<string, ActionResult>>): Operation<void> {
    return operation('event.setResults', () => this.#action.setResults(results));
  }

  /** Tells the operator how it goes, at once. */
  log(message: string): Operation<void> {
    return operation('event.log', () => this.#action.log(message));
  }

  /** Marks the action as failed. The handler goes on, and results are delivered all the same. */
  fail(message = ''): Operation<void> {
    return operation('event.fail', () => this.#action.fail(message));
  }
}

export const actionType: CharmEventType<ActionEvent> = eventType({
  name: ActionEvent.name,
  deferrable: false,
  create: async (delivery, snapshot, host) =>
    new ActionEvent(delivery, textAt(snapshot, 'id'), await Action.load(host.backend)),
});

export function actionSnapshot(context: JujuContext): JsonObject {
  return { id: context.actionUuid ?? '' };
}
