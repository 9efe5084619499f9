// Hook commands as Juju offers them to every charm: executables on PATH, a process each.

import { spawn, type ChildProcess } from 'node:child_process';
import { HookRunnerError } from '../hookcmds/errors.ts';
import type { HookCommandOptions, HookCommandResult, HookRunner } from '../hookcmds/runner.ts';
import { timeoutOf } from './timeout.ts';

export interface ExecRunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Default: five minutes, and no limit for resource-get. */
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export function execRunner(options: ExecRunnerOptions): HookRunner {
  return {
    run: (command, args, commandOptions) => runProcess(options, command, args, commandOptions),
    close: () => Promise.resolve(),
  };
}

function runProcess(
  runner: ExecRunnerOptions,
  command: string,
  args: readonly string[],
  options: HookCommandOptions = {},
): Promise<HookCommandResult> {
  const child = spawn(command, args, { cwd: runner.cwd, env: runner.env, stdio: ['pipe', 'pipe', 'pipe'] });
  const timeoutMs = timeoutOf(command, options.timeoutMs ?? runner.timeoutMs);
  child.stdin.on('error', () => undefined); // it may end without reading its input
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    const giveUp = (error: HookRunnerError) => {
      child.kill('SIGKILL');
      reject(error);
    };
    const timer = Number.isFinite(timeoutMs)
      ? setTimeout(() => giveUp(late(command, timeoutMs)), timeoutMs)
      : undefined;
    const [stdout, stderr] = [collect(child, 'stdout', command, giveUp), collect(child, 'stderr', command, giveUp)];
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(startError(command, error));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === null)
        reject(new HookRunnerError('agent-closed', `cannot run ${command}: it was ended by ${signal}`));
      else resolve({ code, stdout: stdout(), stderr: stderr() });
    });
  });
}

function collect(
  child: ChildProcess,
  stream: 'stdout' | 'stderr',
  command: string,
  giveUp: (error: HookRunnerError) => void,
): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  child[stream]?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT_BYTES) chunks.push(chunk);
    else
      giveUp(
        new HookRunnerError('agent-garbage', `cannot run ${command}: it printed more than ${MAX_OUTPUT_BYTES} bytes`),
      );
  });
  return () => Buffer.concat(chunks).toString();
}

function late(command: string, timeoutMs: number): HookRunnerError {
  return new HookRunnerError('hook-command-timeout', `cannot run ${command}: no answer after ${timeoutMs} ms`);
}

function startError(command: string, error: Error): HookRunnerError {
  if ('code' in error && error.code === 'ENOENT') {
    const reason = 'it is not on PATH. Hook commands exist only while Juju runs the charm.';
    return new HookRunnerError('hook-command-missing', `cannot run ${command}: ${reason}`, { cause: error });
  }
  return new HookRunnerError('hook-command-failed-to-start', `cannot run ${command}: ${error.message}`, {
    cause: error,
  });
}
