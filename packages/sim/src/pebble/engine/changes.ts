// All changes since the engine has started. They live in memory, as with PEBBLE_PERSIST=never.

import { Change, type ChangePlan } from './change.ts';
import type { Clock } from './clock.ts';
import { notFound } from './errors.ts';
import type { Notices } from './notices.ts';
import { quote } from './quote.ts';
import { Task, type TaskPlan, isReady } from './task.ts';

// As in Pebble (internals/overlord/overlord.go).
const maxReadyChanges = 500;

export class Changes {
  readonly #clock: Clock;
  readonly #notices: Notices;
  readonly #changes = new Map<string, Change>();
  #lastChange = 0;
  #lastTask = 0;
  #lastLane = 0;

  constructor(clock: Clock, notices: Notices) {
    this.#clock = clock;
    this.#notices = notices;
  }

  newLane(): number {
    return ++this.#lastLane;
  }

  newTask(plan: TaskPlan): Task {
    return new Task(String(++this.#lastTask), plan, this.#clock);
  }

  /** Makes a change of new tasks, and begins it. */
  start(plan: ChangePlan): Change {
    const change = this.prepare(plan);
    change.proceed();
    return change;
  }

  /** Makes a change of new tasks, which is still to be begun. */
  prepare(plan: ChangePlan): Change {
    const data = { kind: plan.kind, ...plan.noticeData };
    const change = new Change(String(++this.#lastChange), plan, this.#clock, ({ id }) => {
      this.#notices.record({ type: 'change-update', key: id, data });
    });
    this.#changes.set(change.id, change);
    this.#forgetOldest();
    return change;
  }

  /** Oldest first. */
  list(): Change[] {
    return [...this.#changes.values()];
  }

  /** @throws PebbleError when there is none of this id. */
  get(id: string): Change {
    const change = this.#changes.get(id);
    if (change === undefined) throw notFound(`cannot find change with id ${quote(id)}`);
    return change;
  }

  findTask(id: string): Task | undefined {
    return this.list()
      .flatMap(({ plan }) => plan.tasks)
      .find((task) => task.id === id);
  }

  #forgetOldest(): void {
    const ready = this.list().filter(({ status }) => isReady(status));
    for (const { id } of ready.slice(0, Math.max(ready.length - maxReadyChanges, 0))) this.#changes.delete(id);
  }
}
