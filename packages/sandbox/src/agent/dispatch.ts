// One run of a charm: its dispatch as a process of its own, with exactly the environment given.
// Follows juju/juju internal/worker/uniter/runner/runner.go.

import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { reasonOf } from '@charmed/ops/internal';
import { signal } from './processes.ts';

const GRACE_MS = 200;

export interface DispatchRun {
  readonly charmDir: string;
  /** `hooks/install`, `actions/backup`. */
  readonly dispatchPath: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Each line of output, as it comes. */
  readonly onOutput: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Kills the run. */
  readonly signal: AbortSignal;
}

export interface DispatchEnd {
  /** `undefined` when the dispatch succeeded; else why not, such as `exit status 1` or `signal: killed`. */
  readonly error: string | undefined;
  /** -1 when there was no exit. */
  readonly code: number;
  /** The charm has nothing for this event. */
  readonly missing: boolean;
}

export async function runDispatch(run: DispatchRun): Promise<DispatchEnd> {
  const script = await handlerOf(run.charmDir, run.dispatchPath);
  if ('error' in script) return { error: script.error, code: -1, missing: false };
  return script.path === undefined ? { error: undefined, code: 0, missing: true } : await runScript(script.path, run);
}

// A `dispatch` handles everything; without one, each hook and action has a file of its own.
async function handlerOf(
  charmDir: string,
  dispatchPath: string,
): Promise<{ path: string | undefined } | { error: string }> {
  for (const path of [join(charmDir, 'dispatch'), join(charmDir, dispatchPath)]) {
    if (!(await can(path, constants.F_OK))) continue;
    return (await can(path, constants.X_OK)) ? { path } : { error: `${path} is not executable` };
  }
  return { path: undefined };
}

async function can(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}

async function runScript(path: string, run: DispatchRun): Promise<DispatchEnd> {
  const child = spawn(path, [], {
    cwd: run.charmDir,
    env: run.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.pid !== undefined && signal(-child.pid, 'SIGKILL');
  if (run.signal.aborted) kill();
  run.signal.addEventListener('abort', kill);
  const outputs = [lines(child.stdout, 'stdout', run), lines(child.stderr, 'stderr', run)];
  try {
    const end = await new Promise<DispatchEnd>((resolve) => {
      child.on('error', (error) => resolve({ error: reasonOf(error), code: -1, missing: false }));
      child.on('exit', (code, killedBy) => resolve(endOf(code, killedBy)));
    });
    await Promise.all(outputs.map(async (output) => await output.done()));
    return end;
  } finally {
    run.signal.removeEventListener('abort', kill);
  }
}

function endOf(code: number | null, killedBy: NodeJS.Signals | null): DispatchEnd {
  if (code === 0) return { error: undefined, code: 0, missing: false };
  const error = code === null ? `signal: ${killedBy === 'SIGKILL' ? 'killed' : killedBy}` : `exit status ${code}`;
  return { error, code: code ?? -1, missing: false };
}

interface Output {
  /** Settles when all has been read. */
  done(): Promise<void>;
}

// A charm may leave a process behind that keeps its output open: what that writes after a grace period is not waited for.
function lines(stream: Readable, name: 'stdout' | 'stderr', run: DispatchRun): Output {
  const reader = createInterface({ input: stream, crlfDelay: Infinity });
  const closed = new Promise<void>((resolve) => reader.once('close', resolve));
  reader.on('line', (line) => run.onOutput(name, line));
  return {
    async done() {
      const timer = setTimeout(() => reader.close(), GRACE_MS);
      await closed;
      clearTimeout(timer);
      stream.destroy();
    },
  };
}
