// All changes, those from before a restart of Pebble among them.

import { quote } from '@charmed/ops/internal';
import { Change, type ChangeHost, type ChangePlan, type SavedChange } from './change.ts';
import type { Clock } from './clock.ts';
import { notFound } from './errors.ts';
import type { Notices } from './notices.ts';
import { type SavedTask, Task, type TaskPlan, type Work, isReady } from './task.ts';

// As many and as long as Pebble keeps them (internals/overlord/overlord.go).
const maxReadyChanges = 1000;
const lifetimeMs = 7 * 24 * 3_600_000;

export interface SavedChanges {
  readonly lastChange: number;
  readonly lastTask: number;
  readonly lastLane: number;
  readonly changes: readonly SavedChange[];
}

export class Changes {
  readonly #host: ChangeHost;
  readonly #changes = new Map<string, Change>();
  #lastChange = 0;
  #lastTask = 0;
  #lastLane = 0;

  /** `modified` is called when something is to be saved. */
  constructor(clock: Clock, notices: Notices, modified: () => void = () => undefined) {
    const announce = ({ id, plan: { kind, noticeData } }: Change) => {
      notices.record({ type: 'change-update', key: id, data: { kind, ...noticeData } });
    };
    this.#host = { clock, modified, announce };
  }

  newLane(): number {
    return ++this.#lastLane;
  }

  newTask(plan: TaskPlan): Task {
    return new Task(String(++this.#lastTask), plan, this.#host);
  }

  /** Makes a change of new tasks, and begins it. */
  start(plan: ChangePlan): Change {
    const change = this.prepare(plan);
    change.proceed();
    return change;
  }

  /** Makes a change of new tasks, which is still to be begun. */
  prepare(plan: ChangePlan): Change {
    const change = new Change(String(++this.#lastChange), plan, this.#host);
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

  save(): SavedChanges {
    const changes = this.list().map((change) => change.save());
    return { lastChange: this.#lastChange, lastTask: this.#lastTask, lastLane: this.#lastLane, changes };
  }

  /** Brings back what was saved, but for what is too old. Those that were under way are still to be told to `carryOn`. */
  restore({ lastChange, lastTask, lastLane, changes }: SavedChanges, workOf: (task: SavedTask) => Work): void {
    [this.#lastChange, this.#lastTask, this.#lastLane] = [lastChange, lastTask, lastLane];
    const oldest = this.#host.clock.now().getTime() - lifetimeMs;
    for (const saved of changes) {
      if (saved.readyTime !== undefined && saved.readyTime.getTime() < oldest) continue;
      this.#changes.set(saved.id, this.#restored(saved, workOf));
    }
  }

  #restored(saved: SavedChange, workOf: (task: SavedTask) => Work): Change {
    const tasks = new Map<string, Task>();
    const waits = saved.tasks.map(({ waitsFor }) => ({ ids: waitsFor, waitsFor: [] as Task[] }));
    for (const [index, task] of saved.tasks.entries()) {
      const waitsFor = waits[index]?.waitsFor ?? [];
      tasks.set(task.id, new Task(task.id, { ...task, work: workOf(task), waitsFor }, this.#host, task));
    }
    for (const { ids, waitsFor } of waits) waitsFor.push(...ids.flatMap((id) => tasks.get(id) ?? []));
    return new Change(saved.id, { ...saved, tasks: [...tasks.values()] }, this.#host, saved);
  }

  #forgetOldest(): void {
    const ready = this.list().filter(({ status }) => isReady(status));
    for (const { id } of ready.slice(0, Math.max(ready.length - maxReadyChanges, 0))) this.#changes.delete(id);
  }
}
