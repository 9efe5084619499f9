// A model that is there for one run of the smoke test.

import { setTimeout } from 'node:timers/promises';
import type { Programs, Status } from './juju.ts';

const POLL_MS = 500;

export class Model {
  readonly name: string;
  /** As juju's `--model` takes it. */
  readonly address: string;
  readonly programs: Programs;
  readonly #timeoutMs: number;

  constructor(programs: Programs, controller: string | undefined, name: string, timeoutMs: number) {
    this.programs = programs;
    this.name = name;
    this.address = controller === undefined ? name : `${controller}:${name}`;
    this.#timeoutMs = timeoutMs;
  }

  async juju(command: string, ...args: readonly string[]): Promise<string> {
    return await this.programs.juju(command, '--model', this.address, ...args);
  }

  async status(): Promise<Status> {
    return JSON.parse(await this.juju('status', '--format', 'json')) as Status;
  }

  /** Where a unit listens. */
  async addressOf(unit: string): Promise<string> {
    const { units = {} } = (await this.status()).applications[unit.split('/')[0] ?? ''] ?? {};
    const { address, 'public-address': publicAddress } = units[unit] ?? {};
    const found = address ?? publicAddress;
    if (found === undefined) throw new Error(`${unit} has no address`);
    return found;
  }

  /** Until all units, as many as wanted, are active and idle. */
  async active(wanted: Readonly<Record<string, number>>): Promise<void> {
    await this.until(`${Object.keys(wanted).join(' and ')} active`, async () => notActive(await this.status(), wanted));
  }

  /** @param ask answers what is still missing, or nothing. @throws Error with it when the time is over. */
  async until(what: string, ask: () => Promise<string | undefined>): Promise<void> {
    const deadline = performance.now() + this.#timeoutMs;
    for (;;) {
      const missing = await ask();
      if (missing === undefined) return;
      if (performance.now() > deadline)
        throw new Error(`still not so after ${this.#timeoutMs / 1000} s: ${what}: ${missing}`);
      await setTimeout(POLL_MS);
    }
  }
}

function notActive({ applications }: Status, wanted: Readonly<Record<string, number>>): string | undefined {
  for (const [name, count] of Object.entries(wanted)) {
    const units = Object.entries(applications[name]?.units ?? {});
    if (units.length < count) return `${name} has ${units.length} units of ${count}`;
    for (const [unit, { 'workload-status': workload, 'juju-status': agent }] of units) {
      if (workload.current !== 'active') return `${unit} is ${workload.current}: ${workload.message ?? ''}`;
      if (agent.current !== 'idle') return `the agent of ${unit} is ${agent.current}`;
    }
  }
  return undefined;
}
