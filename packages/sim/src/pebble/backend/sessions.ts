// The sessions of processes that this Pebble has started, for as long as there is anything left of them.

import { rmSync } from 'node:fs';
import { type StartedProcess, killSession, leftOf, writeState } from './leftovers.ts';
import { statOf } from './proc.ts';

export class Sessions {
  readonly #stateFile: string;
  readonly #leaders = new Map<number, StartedProcess>();

  constructor(stateFile: string) {
    this.#stateFile = stateFile;
    this.#save();
  }

  /** Adds the session of a process that has just been spawned. */
  add(pid: number): void {
    this.#leaders.set(pid, { pid, startTime: statOf(pid)?.startTime ?? 0 });
    this.#save();
  }

  /** To be called when a leader has ended: forgets its session, unless it has left something behind. */
  settle(pid: number): void {
    const leader = this.#leaders.get(pid);
    if (leader === undefined || leftOf(leader).length > 0) return;
    this.#leaders.delete(pid);
    this.#save();
  }

  /** Kills at once what is left of a session. */
  async kill(pid: number): Promise<void> {
    const leader = this.#leaders.get(pid);
    if (leader === undefined) return;
    await killSession(leader);
    this.settle(pid);
  }

  /** Kills everything, and removes the file. */
  async close(): Promise<void> {
    await Promise.all([...this.#leaders.keys()].map((pid) => this.kill(pid)));
    rmSync(this.#stateFile, { force: true });
  }

  #save(): void {
    writeState(this.#stateFile, [...this.#leaders.values()]);
  }
}
