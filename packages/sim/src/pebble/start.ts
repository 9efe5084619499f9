// Puts the engine, the real processes and files, and the server together.

import { rmSync } from 'node:fs';
import { killLeftovers, stateFileOf } from './backend/leftovers.ts';
import { realFiles } from './backend/files.ts';
import { readLayersDir } from './backend/layers-dir.ts';
import { realLogSenders } from './backend/log-senders.ts';
import { realProber } from './backend/probes.ts';
import { RealProcesses } from './backend/processes.ts';
import { Root } from './backend/root.ts';
import { Sessions } from './backend/sessions.ts';
import { readSavedState, savedStateFileOf, StateStore } from './backend/state-store.ts';
import { systemClock } from './backend/system-clock.ts';
import { systemUsers } from './backend/users.ts';
import { startWatchdog } from './backend/watchdog.ts';
import { Engine } from './engine/engine.ts';
import { PebbleServer } from './server/server.ts';

export interface PebbleOptions {
  /** Where to serve; mode 0600. A socket that nobody answers on is replaced. */
  readonly socketPath: string;
  /**
   * Read at the start: `NNN-label.yaml`. May be missing. Its parent keeps the list of running processes, and what Pebble knows of changes,
   * notices and identities for after a restart, unless `PEBBLE_PERSIST` is `never` in the environment.
   */
  readonly layersDir: string;
  /**
   * Stands in for the root of a container's file system: the file API sees nothing else, and processes start there unless they have a
   * working directory. They are not confined to it. The default is the machine's own root.
   */
  readonly rootDir?: string | undefined;
  /** What services and commands inherit. The default is the environment of this process, as in Pebble. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Leaves services with `startup: enabled` alone, as `pebble run --hold` does. */
  readonly hold?: boolean;
}

export interface PebbleHandle {
  /** Settles with the exit code when a service has asked for the end of Pebble (`on-failure: shutdown` and the like). `close` is still due. */
  readonly shutdown: Promise<number>;
  /** Stops all services, each within its kill delay, and leaves no process and no socket. May be called again. */
  close(): Promise<void>;
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a Pebble, first ending what one before it has left running if it was killed.
 *
 * @throws LayerError when a layer is not valid, PebbleRunsError or OpsError `socket-in-use` when another Pebble is at work here.
 */
export async function startPebble(options: PebbleOptions): Promise<PebbleHandle> {
  const { socketPath, layersDir, hold = false } = options;
  const stateFile = stateFileOf(layersDir);
  const layers = readLayersDir(layersDir);
  const root = new Root(options.rootDir);
  await killLeftovers(stateFile);

  const environment = definedOnly(options.environment ?? process.env);
  const shutdown = Promise.withResolvers<number>();
  const sessions = new Sessions(stateFile);
  const processes = new RealProcesses(root, sessions, environment['PATH'] ?? defaultPath);
  const savedFile = savedStateFileOf(layersDir);
  const persists = environment['PEBBLE_PERSIST'] !== 'never';
  let store: StateStore | undefined;
  const engine = new Engine(layers, {
    saved: persists ? readSavedState(savedFile) : undefined,
    modified: () => store?.touch(),
    clock: systemClock,
    processes,
    users: systemUsers,
    prober: realProber(processes),
    logSenders: realLogSenders,
    environment,
    random: Math.random,
    shutdown: shutdown.resolve,
  });
  const server = new PebbleServer(engine, realFiles(root), () => store?.flush());
  const watchdog = await startWatchdog(stateFile);

  async function close(): Promise<void> {
    server.refuseMore();
    await engine.close();
    store?.close();
    await server.close();
    await sessions.close();
    await watchdog.close();
    rmSync(socketPath, { force: true });
  }

  try {
    await server.listen(socketPath);
  } catch (error) {
    await sessions.close();
    await watchdog.close();
    throw error;
  }
  // Not before it is clear that nobody else is at work here.
  if (persists) store = new StateStore(savedFile, () => engine.save());
  store?.touch();
  engine.carryOn();
  if (!hold) engine.autostart();
  let closing: Promise<void> | undefined;
  return { shutdown: shutdown.promise, close: () => (closing ??= close()) };
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
