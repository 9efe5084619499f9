// One step of a change (canonical/pebble docs/reference/changes-and-tasks.md; internals/overlord/state/task.go and taskrunner.go).

import { reasonOf } from '@charmed/ops/internal';
import type { Clock } from './clock.ts';

export type Status = 'Do' | 'Doing' | 'Done' | 'Abort' | 'Undo' | 'Error' | 'Hold';

/** Does the work of a task. A rejection fails the task; the signal is an abort. */
export type Work = (task: Task, signal: AbortSignal) => Promise<void>;

export interface TaskPlan {
  readonly kind: string;
  readonly summary: string;
  readonly work: Work;
  /** Tasks of one lane fail together. */
  readonly lane: number;
  readonly waitsFor: readonly Task[];
}

const maxLog = 10;

/** A task with this status needs no more work. */
export function isReady(status: Status): boolean {
  return status === 'Done' || status === 'Error' || status === 'Hold';
}

export class Task {
  readonly id: string;
  readonly plan: TaskPlan;
  readonly spawnTime: Date;
  readonly #clock: Clock;
  readonly #abort = new AbortController();
  readonly #log: string[] = [];
  #status: Status = 'Do';
  #readyTime: Date | undefined;
  /** What clients are told about the outcome, such as an exit code. */
  data: Readonly<Record<string, unknown>> | undefined;

  constructor(id: string, plan: TaskPlan, clock: Clock) {
    this.id = id;
    this.plan = plan;
    this.#clock = clock;
    this.spawnTime = clock.now();
  }

  get status(): Status {
    return this.#status;
  }

  get readyTime(): Date | undefined {
    return this.#readyTime;
  }

  get log(): readonly string[] {
    return this.#log;
  }

  /** What went wrong, of a task that has failed. */
  get errors(): readonly string[] {
    return this.#log.flatMap((line) => (/^\S+ ERROR /.test(line) ? [line.replace(/^\S+ ERROR /, '')] : []));
  }

  /** Whether all that it waits for is done. */
  get isDue(): boolean {
    return this.#status === 'Do' && this.plan.waitsFor.every(({ status }) => status === 'Done');
  }

  addLog(message: string, level: 'INFO' | 'ERROR' = 'INFO'): void {
    if (this.#log.length === maxLog) this.#log.shift();
    this.#log.push(`${this.#clock.now().toISOString().replace(/\.\d+/, '')} ${level} ${message}`);
  }

  /** Does the work; never rejects. `onStatus` is called with each change of the status. */
  async run(onStatus: () => void): Promise<void> {
    this.#set('Doing', onStatus);
    try {
      await this.plan.work(this, this.#abort.signal);
      if (this.#abort.signal.aborted) this.#set('Undo', onStatus);
      this.#set('Done', onStatus);
    } catch (error) {
      this.addLog(reasonOf(error), 'ERROR');
      // For a moment, as the `Undo` above: the notices of changes count that.
      if (this.#status === 'Doing') this.#set('Abort', onStatus);
      this.#set('Error', onStatus);
    }
  }

  /** Holds a task that has not begun, and tells one that runs to stop. */
  abort(onStatus: () => void): void {
    this.hold(onStatus);
    if (this.#status !== 'Doing') return;
    this.#set('Abort', onStatus);
    this.#abort.abort();
  }

  /** Keeps a task that has not begun from ever beginning. */
  hold(onStatus: () => void): void {
    if (this.#status === 'Do') this.#set('Hold', onStatus);
  }

  #set(status: Status, onStatus: () => void): void {
    this.#status = status;
    if (isReady(status)) this.#readyTime = this.#clock.now();
    onStatus();
  }
}
