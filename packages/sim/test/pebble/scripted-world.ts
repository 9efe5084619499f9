// The ports of the engine for tests: a clock that moves when told, and processes that end when told.

import { setImmediate as macrotask } from 'node:timers/promises';
import type { Clock, Timer } from '../../src/pebble/engine/clock.ts';
import type { ServiceConfig } from '../../src/pebble/engine/layer.ts';
import { type ServiceProcess, SpawnError } from '../../src/pebble/engine/process.ts';
import type { ServiceHost } from '../../src/pebble/engine/service.ts';

interface Pending {
  readonly at: number;
  readonly callback: () => void;
}

export class ManualClock implements Clock {
  #now = 0;
  readonly #pending = new Set<Pending>();

  now(): Date {
    return new Date(this.#now);
  }

  after(ms: number, callback: () => void): Timer {
    const pending = { at: this.#now + ms, callback };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** Moves on, calling back whatever is due on the way, and lets everything that follows from it happen. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await macrotask();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#pending.delete(next);
      this.#now = next.at;
      next.callback();
      await macrotask();
    }
    this.#now = until;
    await macrotask();
  }

  #next(until: number): Pending | undefined {
    const due = [...this.#pending].filter(({ at }) => at <= until);
    return due.toSorted((a, b) => a.at - b.at)[0];
  }
}

export class ScriptedProcess implements ServiceProcess {
  /** Such as `SIGTERM` for the group, or `process SIGHUP` for the process alone. */
  readonly signals: string[] = [];
  readonly write: (text: string) => void;
  isSessionKilled = false;
  readonly #exit = Promise.withResolvers<number>();

  constructor(onOutput: (chunk: Uint8Array) => void) {
    this.write = (text) => onOutput(Buffer.from(text));
  }

  get exited(): Promise<number> {
    return this.#exit.promise;
  }

  async exit(code: number): Promise<void> {
    this.#exit.resolve(code);
    await macrotask();
  }

  signal(name: NodeJS.Signals): void {
    this.signals.push(`process ${name}`);
  }

  signalGroup(name: NodeJS.Signals): void {
    this.signals.push(name);
  }

  async killSession(): Promise<void> {
    this.isSessionKilled = true;
  }
}

/** Spawns one process after another; the last one is `process`. */
export class ScriptedHost implements ServiceHost {
  readonly clock: ManualClock = new ManualClock();
  readonly spawned: ScriptedProcess[] = [];
  readonly shutdowns: number[] = [];
  /** Makes the next spawns fail with this reason. */
  refusal: string | undefined;

  get process(): ScriptedProcess {
    const last = this.spawned.at(-1);
    if (last === undefined) throw new Error('nothing was spawned');
    return last;
  }

  random(): number {
    return 0;
  }

  async spawn(_name: string, _config: ServiceConfig, onOutput: (chunk: Uint8Array) => void): Promise<ServiceProcess> {
    if (this.refusal !== undefined) throw new SpawnError(this.refusal);
    const spawned = new ScriptedProcess(onOutput);
    this.spawned.push(spawned);
    return spawned;
  }

  shutdown(exitCode: number): void {
    this.shutdowns.push(exitCode);
  }
}
