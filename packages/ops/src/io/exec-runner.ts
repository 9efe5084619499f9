// Hook commands as Juju offers them to every charm: executables on PATH, a process each.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { reasonOf } from '../errors.ts';
import { HookRunnerError, MAY_HAVE_RUN, type HookRunnerErrorCode } from '../hookcmds/errors.ts';
import type { HookCommandOptions, HookRunner } from '../hookcmds/runner.ts';
import { resultOf, type Printed } from './command-output.ts';
import { timeoutOf } from './timeout.ts';

export interface ExecRunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Default: five minutes, and no limit for resource-get. */
  readonly timeoutMs?: number | undefined;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export function execRunner(options: ExecRunnerOptions): HookRunner {
  return {
    run: async (command, args, commandOptions) =>
      resultOf(command, await runProcess(options, command, args, commandOptions)),
    close: () => Promise.resolve(),
  };
}

async function runProcess(
  runner: ExecRunnerOptions,
  command: string,
  args: readonly string[],
  { stdin = '', timeoutMs }: HookCommandOptions = {},
): Promise<Printed> {
  const child = start(runner, command, args);
  const limit = timeoutOf(command, { call: timeoutMs, runner: runner.timeoutMs });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const giveUp = (code: HookRunnerErrorCode, reason: string) =>
        reject(new HookRunnerError(code, `cannot run ${command}: ${reason}. ${MAY_HAVE_RUN}`));
      const tooMuch = () => giveUp('agent-garbage', `it printed more than ${MAX_OUTPUT_BYTES} bytes`);
      if (Number.isFinite(limit))
        timer = setTimeout(() => giveUp('hook-command-timeout', `no answer after ${limit} ms`), limit);
      const [stdout, stderr] = [collect(child.stdout, tooMuch), collect(child.stderr, tooMuch)];
      child.on('error', (error) => reject(startError(runner, command, error)));
      child.on('close', (code, signal) => {
        if (code === null) giveUp('agent-closed', `it was ended by ${signal}`);
        else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
      });
      child.stdin?.on('error', () => undefined); // it may end without reading its input
      child.stdin?.end(stdin);
    });
  } catch (error) {
    end(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

// In a process group of its own, so that whatever it started can be ended with it.
function start({ cwd, env }: ExecRunnerOptions, command: string, args: readonly string[]): ChildProcess {
  try {
    return spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    // Arguments that no process can have: too long, or with a NUL in them.
    throw failedToStart(command, error);
  }
}

function end(child: ChildProcess): void {
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

function collect(stream: Readable | null, tooMuch: () => void): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_OUTPUT_BYTES) tooMuch();
    else chunks.push(chunk);
  });
  return chunks;
}

function startError({ cwd }: ExecRunnerOptions, command: string, error: NodeJS.ErrnoException): HookRunnerError {
  if (error.code !== 'ENOENT') return failedToStart(command, error);
  const reason = existsSync(cwd)
    ? 'it is not on PATH. Hook commands exist only while Juju runs the charm.'
    : `the charm's directory ${cwd} does not exist`;
  return new HookRunnerError('hook-command-missing', `cannot run ${command}: ${reason}`, { cause: error });
}

function failedToStart(command: string, error: unknown): HookRunnerError {
  return new HookRunnerError('hook-command-failed-to-start', `cannot run ${command}: ${reasonOf(error)}`, {
    cause: error,
  });
}
