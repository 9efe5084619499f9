// The workload, as the charm sees it. It is a process that the charm starts, so that this project runs as it is, on a laptop too. One of
// yours is rather a package or a snap, whose service systemd keeps running: then `install` calls apt or snap, and the rest systemctl.

import { execFile, spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What is in the folder `workload` goes into the charm. It runs on the Node that the charm itself runs on. */
const COMMAND: readonly [string, string] = [
  process.execPath,
  fileURLToPath(new URL('../workload/server.mjs', import.meta.url)),
];

const PATIENCE_MS = 10_000;

export class Workload {
  readonly #pidFile: string;
  readonly #logFile: string;

  /** @param directory where it notes which process it is, and what that has to say. */
  constructor(directory: string) {
    this.#pidFile = join(directory, 'workload.pid');
    this.#logFile = join(directory, 'workload.log');
  }

  /** Installs or upgrades it, which leaves it stopped. Returns its version. */
  async install(): Promise<string> {
    await this.stop();
    const [program, ...args] = COMMAND;
    const { stdout } = await promisify(execFile)(program, [...args, '--version']);
    return stdout.trim();
  }

  /** Has it run like this. One that does already is left alone; any other is ended. */
  async run(address: string, port: number): Promise<void> {
    const [program, ...args] = [...COMMAND, '--address', address, '--port', String(port)] as const;
    if ((await this.#commandLine()) === `${[program, ...args].join('\0')}\0`) return;
    await this.stop();
    await using log = await open(this.#logFile, 'w');
    const server = spawn(program, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
    server.unref();
    await writeFile(this.#pidFile, String(server.pid));
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await answers(address, port))) {
      if (server.exitCode !== null) throw new Error(`the workload ended: ${await readFile(this.#logFile, 'utf8')}`);
      if (Date.now() > deadline) throw new Error(`the workload does not answer on ${address}:${port}`);
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    while (await this.isRunning()) {
      process.kill(await this.#pid());
      await delay(50);
    }
  }

  async isRunning(): Promise<boolean> {
    return (await this.#commandLine()).startsWith(COMMAND.join('\0'));
  }

  async #pid(): Promise<number> {
    return Number(await readFile(this.#pidFile, 'utf8'));
  }

  /** Of the process that was started last; empty if it has ended, as after a reboot. */
  async #commandLine(): Promise<string> {
    try {
      return await readFile(`/proc/${await this.#pid()}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  }
}

async function answers(address: string, port: number): Promise<boolean> {
  try {
    return (await fetch(`http://${address}:${port}`)).ok;
  } catch {
    return false;
  }
}
