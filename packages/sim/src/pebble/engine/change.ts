// A change: tasks that are done for one request, each as soon as those before it are done
// (canonical/pebble docs/reference/changes-and-tasks.md; internals/overlord/state/change.go).

import { type SavedTask, type Status, type Task, type TaskHost, isReady } from './task.ts';

// A change has the first of these that one of its tasks has.
const precedence: readonly Status[] = ['Abort', 'Undo', 'Doing', 'Do', 'Error', 'Done', 'Hold'];

export interface ChangePlan {
  readonly kind: string;
  readonly summary: string;
  readonly tasks: readonly Task[];
  /** The services that the request named. */
  readonly services: readonly string[];
  /** Goes with the notices of the change. */
  readonly noticeData?: Readonly<Record<string, string>>;
}

export interface SavedChange {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly tasks: readonly SavedTask[];
  readonly services: readonly string[];
  readonly noticeData: Readonly<Record<string, string>>;
  /** The status that the last notice told. */
  readonly announced: Status | undefined;
  readonly spawnTime: Date;
  readonly readyTime: Date | undefined;
}

export interface ChangeHost extends TaskHost {
  /** Called when others are to be told the status. */
  announce(change: Change): void;
}

export class Change {
  readonly id: string;
  readonly plan: ChangePlan;
  readonly spawnTime: Date;
  readonly #host: ChangeHost;
  readonly #ready = Promise.withResolvers<void>();
  #announced: Status | undefined;
  #readyTime: Date | undefined;
  #left: SavedChange | undefined;

  constructor(id: string, plan: ChangePlan, host: ChangeHost, saved?: SavedChange) {
    this.id = id;
    this.plan = plan;
    this.spawnTime = saved?.spawnTime ?? host.clock.now();
    this.#host = host;
    this.#announced = saved?.announced;
    this.#readyTime = saved?.readyTime;
    if (this.#readyTime !== undefined) this.#ready.resolve();
  }

  /** A change without tasks is done. */
  get status(): Status {
    const { tasks } = this.plan;
    return precedence.find((status) => tasks.some((task) => task.status === status)) ?? 'Done';
  }

  get readyTime(): Date | undefined {
    return this.#readyTime;
  }

  /** Resolves when there is nothing left to do, however it went. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** What failed, `undefined` unless the change has failed. */
  get error(): string | undefined {
    if (this.status !== 'Error') return undefined;
    const failed = this.plan.tasks.filter(({ status }) => status === 'Error');
    const lines = failed.flatMap(({ plan, errors }) => errors.map((error) => `- ${plan.summary} (${error})`));
    return ['cannot perform the following tasks:', ...lines].join('\n');
  }

  /** Starts all tasks that are due, now and whenever one has ended. */
  proceed(): void {
    this.#update();
    for (const task of this.plan.tasks) if (task.isDue) void this.#run(task);
  }

  /** Holds what has not begun, and tells the rest to stop. */
  abort(): void {
    for (const task of this.plan.tasks) task.abort(() => this.#update());
  }

  /** Holds what has not begun. */
  holdPending(): void {
    for (const task of this.plan.tasks) task.hold(() => this.#update());
  }

  /** Stops what runs for the end of Pebble. */
  interrupt(): void {
    for (const task of this.plan.tasks) task.interrupt();
  }

  /** Leaves what there is to do to the next start of Pebble: whatever becomes of it now is neither told nor saved. */
  leave(): void {
    this.#left = this.save();
  }

  /** Goes on after a restart. */
  carryOn(): void {
    for (const task of this.plan.tasks) task.carryOn(() => this.#update());
    this.proceed();
  }

  save(): SavedChange {
    if (this.#left !== undefined) return this.#left;
    const { id, plan, spawnTime, readyTime } = this;
    const { kind, summary, services, noticeData = {} } = plan;
    const tasks = plan.tasks.map((task) => task.save());
    return { id, kind, summary, tasks, services, noticeData, announced: this.#announced, spawnTime, readyTime };
  }

  async #run(task: Task): Promise<void> {
    await task.run(() => this.#update());
    if (task.status === 'Error') for (const each of this.#affectedBy(task)) each.abort(() => this.#update());
    this.proceed();
  }

  // A failure takes with it the tasks of its lane, those that wait for any of them, their lanes, and so on.
  #affectedBy(failed: Task): Set<Task> {
    const affected = new Set([failed]);
    for (const each of affected) {
      for (const other of this.plan.tasks) {
        if (other.plan.lane === each.plan.lane || other.plan.waitsFor.includes(each)) affected.add(other);
      }
    }
    return affected;
  }

  #update(): void {
    const { status } = this;
    // Between two tasks a change has nothing in progress for a moment: not worth an announcement.
    const isPause = this.#announced === 'Doing' && status === 'Do';
    if (status !== this.#announced && !isPause && this.#left === undefined) {
      this.#announced = status;
      this.#host.announce(this);
    }
    if (isReady(status) && this.#readyTime === undefined) {
      this.#readyTime = this.#host.clock.now();
      this.#ready.resolve();
    }
    this.#host.modified();
  }
}
