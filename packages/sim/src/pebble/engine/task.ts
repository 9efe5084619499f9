// One step of a change (canonical/pebble docs/reference/changes-and-tasks.md; internals/overlord/state/task.go and taskrunner.go).

import { reasonOf } from '@charmed/ops/internal';
import type { Clock } from './clock.ts';

export type Status = 'Do' | 'Doing' | 'Done' | 'Abort' | 'Undo' | 'Error' | 'Hold';

export const statuses: readonly Status[] = ['Do', 'Doing', 'Done', 'Abort', 'Undo', 'Error', 'Hold'];

/** Does the work of a task. A rejection fails the task; the signal is an abort. */
export type Work = (task: Task, signal: AbortSignal) => Promise<void>;

export interface TaskPlan {
  readonly kind: string;
  readonly summary: string;
  readonly work: Work;
  /** Tasks of one lane fail together. */
  readonly lane: number;
  readonly waitsFor: readonly Task[];
  /** The service that it is about, if it is about one. */
  readonly service?: string | undefined;
}

/** A task as it is kept over a restart. */
export interface SavedTask {
  readonly id: string;
  readonly kind: string;
  readonly summary: string;
  readonly status: Status;
  readonly lane: number;
  readonly waitsFor: readonly string[];
  readonly service: string | undefined;
  readonly log: readonly string[];
  readonly spawnTime: Date;
  readonly readyTime: Date | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;
}

export interface TaskHost {
  readonly clock: Clock;
  /** Called when something is to be saved. */
  modified(): void;
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
  readonly #host: TaskHost;
  readonly #abort = new AbortController();
  readonly #log: string[];
  #status: Status;
  #readyTime: Date | undefined;
  /** What clients are told about the outcome, such as an exit code. */
  data: Readonly<Record<string, unknown>> | undefined;

  constructor(id: string, plan: TaskPlan, host: TaskHost, saved?: SavedTask) {
    this.id = id;
    this.plan = plan;
    this.#host = host;
    this.spawnTime = saved?.spawnTime ?? host.clock.now();
    this.#status = saved?.status ?? 'Do';
    this.#log = [...(saved?.log ?? [])];
    this.#readyTime = saved?.readyTime;
    this.data = saved?.data;
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
    if (this.#log.length >= maxLog) this.#log.shift();
    this.#log.push(`${this.#host.clock.now().toISOString().replace(/\.\d+/, '')} ${level} ${message}`);
    this.#host.modified();
  }

  /** Does the work; never rejects. `onStatus` is called with each change of the status. */
  async run(onStatus: () => void): Promise<void> {
    this.#set('Doing', onStatus);
    try {
      await this.plan.work(this, this.#abort.signal);
      if (this.#status === 'Abort') this.#set('Undo', onStatus);
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

  /** Tells a task that runs to stop, as the end of Pebble does: what is done until then is all there is to do. */
  interrupt(): void {
    if (this.#status === 'Doing') this.#abort.abort();
  }

  /** After a restart: what was under way begins again, and what was being aborted is held. */
  carryOn(onStatus: () => void): void {
    if (this.#status === 'Doing') this.#status = 'Do';
    if (this.#status === 'Abort' || this.#status === 'Undo') this.#set('Hold', onStatus);
  }

  save(): SavedTask {
    const { id, plan, status, spawnTime, readyTime, data } = this;
    const { kind, summary, lane, service } = plan;
    const waitsFor = plan.waitsFor.map((task) => task.id);
    return { id, kind, summary, status, lane, waitsFor, service, log: [...this.#log], spawnTime, readyTime, data };
  }

  /** Keeps a task that has not begun from ever beginning. */
  hold(onStatus: () => void): void {
    if (this.#status === 'Do') this.#set('Hold', onStatus);
  }

  #set(status: Status, onStatus: () => void): void {
    this.#status = status;
    if (isReady(status)) this.#readyTime = this.#host.clock.now();
    onStatus();
  }
}
