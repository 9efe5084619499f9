// The agent of one unit: takes its events in Juju's order, one at a time, and retries a hook that failed.
// Follows juju/juju internal/worker/uniter/uniter.go.

import { rm } from 'node:fs/promises';
import { failedEvent, isKubernetes, nextEvent, type UnitEvent } from '@charmed/sim/model';
import { WakeUp } from '../controller/wake-up.ts';
import { unitSockets } from '../directories.ts';
import { Containers } from './containers.ts';
import { runEvent } from './event-run.ts';
import type { AgentHost } from './host.ts';
import { provideStorage } from './storage.ts';
import { retryDelay } from './retry.ts';
import { removeUnitRemains } from './unit-remains.ts';

export class UnitAgent {
  readonly #host: AgentHost;
  readonly #unit: string;
  readonly #wakeUp = new WakeUp();
  readonly #stopping = new AbortController();
  readonly #containers: Containers | undefined;
  readonly #sockets: string;
  /** Settles when the unit is gone, or the agent was stopped. */
  ended: Promise<void> = Promise.resolve();
  #retryAt: number | undefined;

  constructor(host: AgentHost, unit: string) {
    this.#host = host;
    this.#unit = unit;
    const state = host.state();
    const application = state.applications[state.units[unit]?.application ?? ''];
    this.#sockets = unitSockets(host.directories, state, unit).containers;
    this.#containers = application !== undefined && isKubernetes(application) ? new Containers(host, unit) : undefined;
  }

  /** @param after the end of an earlier unit of the same name, whose files have to go first. */
  start(after: Promise<void> | undefined): void {
    this.ended = this.#live(after);
  }

  /** The model has changed. */
  wake(): void {
    this.#wakeUp.notify();
  }

  /** Runs the failed hook again now. */
  retry(): void {
    this.#retryAt = 0;
    this.#wakeUp.notify();
  }

  /** Kills what the unit runs, and returns when it is gone. Workload containers are stopped as Pebble stops them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.notify();
    await this.ended;
    await this.#containers?.stop();
  }

  async #live(after: Promise<void> | undefined): Promise<void> {
    await after;
    this.#containers?.start();
    while (!this.#stopping.signal.aborted && this.#host.state().units[this.#unit] !== undefined) {
      provideStorage(this.#host, this.#unit);
      const event = this.#next();
      if (event === undefined) await this.#wakeUp.wait(this.#untilRetry());
      else await this.#run(event);
    }
    if (!this.#stopping.signal.aborted) await this.#cleanUp();
  }

  #next(): UnitEvent | undefined {
    const state = this.#host.state();
    const event = nextEvent(state, this.#unit);
    return event ?? (this.#untilRetry() <= 0 ? failedEvent(state, this.#unit) : undefined);
  }

  // A failed hook that this agent has not seen fail is one of the last controller's: its wait starts anew.
  #untilRetry(): number {
    const hook = this.#host.state().units[this.#unit]?.hook;
    if (hook?.step !== 'failed') {
      this.#retryAt = undefined;
      return Infinity;
    }
    this.#retryAt ??= Date.now() + retryDelay(this.#host.retryDelayMs, hook.failures);
    return this.#retryAt - Date.now();
  }

  async #run(event: UnitEvent): Promise<void> {
    if (event.kind !== 'action') this.#retryAt = undefined;
    await runEvent(this.#host, this.#unit, event, this.#stopping.signal);
  }

  async #cleanUp(): Promise<void> {
    await this.#containers?.stop();
    await removeUnitRemains(this.#host.directories, this.#host.state().model.uuid, this.#unit);
    await rm(this.#sockets, { recursive: true, force: true });
  }
}
