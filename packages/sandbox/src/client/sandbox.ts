// Starts and ends sandboxes.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SANDBOX_VARIABLE } from '../agent/containers.ts';
import { killProcessesWith } from '../agent/processes.ts';
import { Store } from '../controller/store.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import { call, SandboxError } from './client.ts';

/**
 * Makes sure that the sandbox has a controller, which goes on in the background. Returns whether it is a new sandbox.
 *
 * @throws SandboxError `no-controller`.
 */
export async function startSandbox(name: string, directories: SandboxDirectories): Promise<boolean> {
  if (await isRunning(directories)) return false;
  const isNew = !existsSync(files.database(directories));
  mkdirSync(directories.state, { recursive: true, mode: 0o700 });
  const log = openSync(files.controllerLog(directories), 'a', 0o600);
  const program = fileURLToPath(new URL(`../controller/main${extname(import.meta.url)}`, import.meta.url));
  const args = [...process.execArgv, program, name, directories.state, directories.runtime, directories.cache];
  const stdio: ['ignore', 'pipe', number] = ['ignore', 'pipe', log];
  const controller = spawn(process.execPath, args, { detached: true, cwd: '/', stdio });
  closeSync(log);
  const said = await firstLine(controller.stdout);
  controller.unref();
  if (said === 'ready') return isNew;
  const reason = said ?? `see ${files.controllerLog(directories)}`;
  throw new SandboxError('no-controller', `cannot start the sandbox's controller: ${reason}`);
}

async function firstLine(stream: Readable | null): Promise<string | undefined> {
  if (stream === null) return undefined;
  for await (const line of createInterface({ input: stream })) {
    stream.destroy();
    return line;
  }
  return undefined;
}

export async function isRunning(directories: SandboxDirectories): Promise<boolean> {
  return await call(directories, 'status', null).then(
    () => true,
    () => false,
  );
}

/** Goes on with a sandbox whose controller was killed. @throws SandboxError `no-sandbox` when there is no such sandbox. */
export async function resumeSandbox(name: string, directories: SandboxDirectories): Promise<void> {
  if (existsSync(files.database(directories))) await startSandbox(name, directories);
  else throw new SandboxError('no-sandbox', `cannot find a sandbox "${name}": \`charmed sandbox deploy\` makes one`);
}

/** Ends all its processes and removes its files, also when its controller was killed. Returns whether there was anything. */
export async function destroySandbox(directories: SandboxDirectories): Promise<boolean> {
  if (!existsSync(files.database(directories))) return false;
  const uuid = (await shutDown(directories)) ?? storedUuid(directories);
  if (uuid !== undefined) {
    await killProcessesWith(`JUJU_MODEL_UUID=${uuid}`);
    await killProcessesWith(`${SANDBOX_VARIABLE}=${uuid}`);
  }
  await rm(directories.state, { recursive: true, force: true });
  await rm(directories.runtime, { recursive: true, force: true });
  return true;
}

async function shutDown(directories: SandboxDirectories): Promise<string | undefined> {
  return await call(directories, 'shutdown', null).then(
    ({ uuid }) => uuid,
    () => undefined,
  );
}

function storedUuid(directories: SandboxDirectories): string | undefined {
  const store = new Store(files.database(directories));
  try {
    return store.load()?.model.uuid;
  } finally {
    store.close();
  }
}
