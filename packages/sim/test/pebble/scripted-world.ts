// The ports of the engine for tests: a clock that moves when told, and processes that end when told.

import { setImmediate as macrotask } from 'node:timers/promises';
import type { ServiceConfig } from '@charmed/ops/internal';
import { type ServiceProcess, SpawnError } from '../../src/pebble/engine/process.ts';
import type { ServiceHost } from '../../src/pebble/engine/service.ts';
import { ManualClock } from '../../src/pebble/memory/manual-clock.ts';

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

  onLog(): void {}

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
