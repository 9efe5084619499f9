// The workload containers of a Kubernetes charm: one Pebble each, over a plain directory. They outlive the controller, as pods do.

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '@charmed/ops/internal';
import { containerReady, unitOf } from '@charmed/sim/model';
import { files, unitSockets } from '../directories.ts';
import { nodeArguments } from '../node-program.ts';
import type { AgentHost } from './host.ts';
import { killProcessesWith, signal } from './processes.ts';
import { followNotices } from './workload-notices.ts';

const POLL_MS = 100;
const STOP_MS = 10_000;
// The machine's own programs stand in for those of an image, and the sandbox's Node for one that the image would bring.
const PATH = `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${dirname(process.execPath)}`;

/** The name of the variable that every process of a sandbox's containers has, with the model's UUID as value. */
export const SANDBOX_VARIABLE = 'CHARMED_SANDBOX';
const CONTAINER_VARIABLE = 'CHARMED_CONTAINER';

/** Kills all processes of a container. */
export async function killContainer(modelUuid: string, unit: string, name: string): Promise<void> {
  await killProcessesWith(`${CONTAINER_VARIABLE}=${containerId(modelUuid, unit, name)}`);
}

function containerId(modelUuid: string, unit: string, name: string): string {
  return `${modelUuid}:${unit}:${name}`;
}

export class Containers {
  readonly #containers: readonly Container[];

  constructor(host: AgentHost, unit: string) {
    const { application } = unitOf(host.state(), unit);
    const names = Object.keys(host.state().applications[application]?.charm.containers ?? {});
    this.#containers = names.map((name) => new Container(host, unit, name));
  }

  start(): void {
    for (const container of this.#containers) container.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#containers.map(async (container) => await container.stop()));
  }
}

class Container {
  readonly #host: AgentHost;
  readonly #unit: string;
  readonly #name: string;
  readonly #directory: string;
  readonly #socket: string;
  readonly #stopping = new AbortController();
  #kept: Promise<unknown> = Promise.resolve();

  constructor(host: AgentHost, unit: string, name: string) {
    this.#host = host;
    this.#unit = unit;
    this.#name = name;
    this.#directory = join(files.unit(host.directories, unit), 'containers', name);
    this.#socket = join(unitSockets(host.directories, host.state(), unit).containers, name, 'pebble.socket');
  }

  start(): void {
    this.#kept = Promise.all([this.#keepUp(), this.#followNotices()]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#kept;
    await this.#end();
  }

  // Pebble is started again whenever it ends. One that an earlier controller has left running is kept.
  async #keepUp(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        const pid = (await this.#running()) ?? (await this.#spawn());
        await this.#announce(pid);
        while (isAlive(pid) && !this.#stopping.signal.aborted) await delay(POLL_MS);
        if (!this.#stopping.signal.aborted) this.#log('WARNING', 'Pebble has ended; starting it again');
      } catch (error) {
        this.#log('ERROR', `cannot keep container ${this.#name} up: ${reasonOf(error)}`);
        await delay(1000);
      }
    }
  }

  async #followNotices(): Promise<void> {
    const log = (level: string, message: string) => this.#log(level, message);
    const about = { unit: this.#unit, name: this.#name, socket: this.#socket, note: this.#key('notices'), log };
    await followNotices(this.#host, about, this.#stopping.signal);
  }

  async #running(): Promise<number | undefined> {
    const pid = Number(this.#host.recall(this.#key('pid')));
    return pid > 0 && isAlive(pid) && (await answers(this.#socket)) ? pid : undefined;
  }

  async #spawn(): Promise<number> {
    await this.#end();
    const root = join(this.#directory, 'root');
    const layers = join(this.#directory, 'layers');
    for (const directory of [root, layers, dirname(this.#socket)])
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    const output = openSync(join(this.#directory, 'pebble.log'), 'a', 0o600);
    const id = containerId(this.#uuid(), this.#unit, this.#name);
    const program = nodeArguments('./main', import.meta.resolve('@charmed/sim/pebble'), this.#host.directories);
    const args = ['--socket', this.#socket, '--layers', layers, '--root', root];
    const child = spawn(process.execPath, [...program, ...args], {
      cwd: root,
      env: { PATH, HOME: root, LANG: 'C.UTF-8', [SANDBOX_VARIABLE]: this.#uuid(), [CONTAINER_VARIABLE]: id },
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.unref();
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const pid = child.pid ?? (await failed);
    this.#host.remember(this.#key('pid'), String(pid));
    while (!(await answers(this.#socket))) {
      if (!isAlive(pid)) throw new Error(`Pebble did not start; see ${join(this.#directory, 'pebble.log')}`);
      if (this.#stopping.signal.aborted) break;
      await delay(10);
    }
    return pid;
  }

  // Once for each Pebble, also if the controller is killed in between.
  async #announce(pid: number): Promise<void> {
    if (this.#stopping.signal.aborted || this.#host.recall(this.#key('announced')) === String(pid)) return;
    if (this.#host.state().units[this.#unit] === undefined) return;
    this.#host.update((state) => containerReady(state, this.#unit, this.#name), {
      [this.#key('announced')]: String(pid),
    });
  }

  async #end(): Promise<void> {
    const pid = Number(this.#host.recall(this.#key('pid')));
    if (pid > 0 && (await this.#running()) !== undefined) {
      signal(pid, 'SIGTERM');
      const deadline = Date.now() + STOP_MS;
      while (isAlive(pid) && Date.now() < deadline) await delay(10);
    }
    await killContainer(this.#uuid(), this.#unit, this.#name);
  }

  #uuid(): string {
    return this.#host.state().model.uuid;
  }

  #key(what: string): string {
    return `container/${this.#unit}/${this.#name}/${what}`;
  }

  #log(level: string, message: string): void {
    this.#host.log(this.#unit, `sandbox.container.${this.#name}`, level, message);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(socket: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    connection.once('connect', () => connection.destroy());
  });
}
