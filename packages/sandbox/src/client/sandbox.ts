// Starts and ends sandboxes.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_VARIABLE } from '../agent/containers.ts';
import { killProcessesBelow, killProcessesWith } from '../agent/processes.ts';
import { Store } from '../controller/store.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import { nodeArguments } from '../node-program.ts';
import { call, SandboxError } from './client.ts';

const CONTROLLER_VARIABLE = 'CHARMED_CONTROLLER';
const SHUTDOWN_MS = 20_000;

/**
 * Makes sure that the sandbox has a controller, which goes on in the background. Returns whether it is a new sandbox.
 *
 * @param signal gives up, and leaves nothing that was not there before.
 * @throws SandboxError `no-controller`, or the signal's reason.
 */
export async function startSandbox(
  name: string,
  directories: SandboxDirectories,
  signal?: AbortSignal,
): Promise<boolean> {
  if (await isRunning(directories, signal)) return false;
  const isNew = !existsSync(files.database(directories));
  mkdirSync(directories.state, { recursive: true, mode: 0o700 });
  const log = openSync(files.controllerLog(directories), 'a', 0o600);
  const program = nodeArguments('../controller/main', import.meta.url, directories);
  const controller = spawn(
    process.execPath,
    [...program, name, directories.state, directories.runtime, directories.cache],
    {
      detached: true,
      cwd: '/',
      stdio: ['ignore', 'pipe', log],
      env: { ...process.env, [CONTROLLER_VARIABLE]: directories.state },
    },
  );
  closeSync(log);
  const said = await firstLine(controller.stdout, signal);
  controller.unref();
  if (signal?.aborted) {
    controller.kill('SIGKILL');
    if (isNew) await destroySandbox(directories);
    throw signal.reason;
  }
  if (said === 'ready') return isNew;
  if (await isStartedByOther(directories)) return false;
  const reason = said ?? `see ${files.controllerLog(directories)}`;
  throw new SandboxError('no-controller', `cannot start the sandbox's controller: ${reason}`);
}

async function firstLine(stream: Readable | null, signal?: AbortSignal): Promise<string | undefined> {
  if (stream === null) return undefined;
  try {
    for await (const line of createInterface({ input: stream, ...(signal && { signal }) })) return line;
    return undefined;
  } finally {
    stream.destroy();
  }
}

// Two commands may start the controller at once: the slower one takes the other's.
async function isStartedByOther(directories: SandboxDirectories): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await isRunning(directories)) return true;
    await delay(100);
  }
  return false;
}

async function isRunning(directories: SandboxDirectories, signal?: AbortSignal): Promise<boolean> {
  const asked = call(directories, 'status', null, signal && { signal });
  const isAnswered = await asked.then(
    () => true,
    () => false,
  );
  signal?.throwIfAborted();
  return isAnswered;
}

/** Goes on with a sandbox whose controller was killed. @throws SandboxError `no-sandbox` when there is no such sandbox. */
export async function resumeSandbox(name: string, directories: SandboxDirectories): Promise<void> {
  if (existsSync(files.database(directories))) await startSandbox(name, directories);
  else throw new SandboxError('no-sandbox', `cannot find a sandbox "${name}": \`charmed sandbox deploy\` makes one`);
}

/** Ends all its processes and removes its files, also when its controller was killed. Returns whether there was anything. */
export async function destroySandbox(directories: SandboxDirectories): Promise<boolean> {
  if (!existsSync(files.database(directories))) return false;
  const uuid = await shutDown(directories);
  if (uuid !== undefined) {
    await killProcessesWith(`JUJU_MODEL_UUID=${uuid}`);
    await killProcessesWith(`${SANDBOX_VARIABLE}=${uuid}`);
  }
  await killProcessesBelow(files.units(directories)); // all that there is to go by when the model cannot be read
  await rm(directories.state, { recursive: true, force: true });
  await rm(directories.runtime, { recursive: true, force: true });
  return true;
}

// A controller that does not end when it is asked to is killed.
async function shutDown(directories: SandboxDirectories): Promise<string | undefined> {
  const answer = call(directories, 'shutdown', null, { signal: AbortSignal.timeout(SHUTDOWN_MS) });
  const uuid = await answer.then(
    (result) => result.uuid,
    () => undefined,
  );
  await killProcessesWith(`${CONTROLLER_VARIABLE}=${directories.state}`);
  return uuid ?? storedUuid(directories);
}

function storedUuid(directories: SandboxDirectories): string | undefined {
  try {
    const store = new Store(files.database(directories));
    const uuid = store.load()?.model.uuid;
    store.close();
    return uuid;
  } catch {
    return undefined; // what cannot be read can be destroyed all the same
  }
}
