// Remembers in a file which processes were started, so that they can be ended after Pebble has been killed with SIGKILL.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OpsError } from '@charmed/ops/internal';
import { errnoOf } from './errno.ts';
import { type ProcessStat, bootId, sessionMembers, statOf } from './proc.ts';

export interface StateFile {
  readonly bootId: string;
  readonly owner: StartedProcess;
  /** The leaders of the sessions that were started. */
  readonly sessions: readonly StartedProcess[];
}

export type StartedProcess = Pick<ProcessStat, 'pid' | 'startTime'>;

/** Thrown when the Pebble that a file belongs to still runs. */
export class PebbleRunsError extends OpsError {
  constructor(pid: number) {
    super('pebble-runs', `cannot take over from process ${pid}: it still runs; stop it first`);
  }
}

const killTimeoutMs = 2000;
const pollMs = 5;

/** Where the Pebble with this layers directory keeps its list of processes. */
export function stateFileOf(layersDir: string): string {
  return join(dirname(layersDir), '.pebble.processes');
}

/**
 * Ends what a Pebble that was killed has left running, and removes the file. Does nothing when there is no file, or when it is from before
 * the last start of the machine.
 *
 * @returns How many services and commands were still there.
 * @throws PebbleRunsError when that Pebble is alive.
 */
export async function killLeftovers(stateFile: string): Promise<number> {
  const state = readState(stateFile);
  if (state === undefined) return 0;
  const isOfThisBoot = state.bootId === bootId();
  if (isOfThisBoot && statOf(state.owner.pid)?.startTime === state.owner.startTime) {
    throw new PebbleRunsError(state.owner.pid);
  }
  const left = isOfThisBoot ? state.sessions.filter((leader) => leftOf(leader).length > 0) : [];
  await Promise.all(left.map((leader) => killSession(leader)));
  rmSync(stateFile, { force: true });
  return left.length;
}

/** Kills all processes of the session that `leader` has founded, and waits until they are gone. */
export async function killSession(leader: StartedProcess): Promise<void> {
  const deadline = Date.now() + killTimeoutMs;
  for (let left = leftOf(leader); left.length > 0 && Date.now() < deadline; left = leftOf(leader)) {
    for (const { pid } of left) kill(pid, 'SIGKILL');
    await delay(pollMs);
  }
}

/** What is alive of a session. The number may have been given to another process since: that one and its children are not meant. */
export function leftOf(leader: StartedProcess): ProcessStat[] {
  const successor = statOf(leader.pid);
  if (successor !== undefined && successor.startTime !== leader.startTime) return [];
  return sessionMembers(leader.pid).filter(({ startTime }) => startTime >= leader.startTime);
}

/** Does nothing when there is no such process or, for a negative number, process group, or it has become somebody else's. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes(errnoOf(error) ?? '')) throw error;
  }
}

export function writeState(stateFile: string, sessions: readonly StartedProcess[]): void {
  const own = { pid: process.pid, startTime: statOf(process.pid)?.startTime ?? 0 };
  const state: StateFile = { bootId: bootId(), owner: own, sessions };
  const temporary = `${stateFile}.new`;
  writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
  renameSync(temporary, stateFile);
}

function readState(stateFile: string): StateFile | undefined {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8')) as StateFile;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new OpsError('bad-state-file', `cannot read the list of processes in ${stateFile}: remove the file`, {
      cause: error,
    });
  }
}
