// A run that stops between the construction of the charm and its event.

import type { CharmClass, OpsObject } from '@charmed/ops';
import type { MetaOf } from './meta-of.ts';
import { AlreadyEmittedError } from './run/errors.ts';
import type { RunOutcome } from './run/run-event.ts';
import type { State } from './state/state.ts';

export class Manager<C extends CharmClass = CharmClass> {
  /** The charm, constructed. */
  readonly charm: InstanceType<C>;
  readonly #finish: () => Promise<State<MetaOf<C>>>;
  #isDone = false;

  private constructor(charm: InstanceType<C>, finish: () => Promise<State<MetaOf<C>>>) {
    this.charm = charm;
    this.#finish = finish;
  }

  static async of<C extends CharmClass>(
    start: (onCharm: (charm: OpsObject) => Promise<void>) => Promise<RunOutcome>,
    end: (outcome: RunOutcome) => State<MetaOf<C>>,
  ): Promise<Manager<C>> {
    const constructed = Promise.withResolvers<OpsObject>();
    const released = Promise.withResolvers<void>();
    const outcome = start((charm) => {
      constructed.resolve(charm);
      return released.promise;
    });
    const charm = await Promise.race([constructed.promise, outcome.then(end)]);
    return new Manager<C>(charm as InstanceType<C>, async () => {
      released.resolve();
      return end(await outcome);
    });
  }

  /** Emits the event, and returns the state after it. @throws AlreadyEmittedError the second time, and what `Context.run` throws. */
  async run(): Promise<State<MetaOf<C>>> {
    if (this.#isDone) throw new AlreadyEmittedError();
    this.#isDone = true;
    return this.#finish();
  }

  /** Runs the event if nobody has. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isDone) await this.run();
  }
}
