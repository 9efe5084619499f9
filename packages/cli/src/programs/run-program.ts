// Runs the user's own charmcraft and juju. They have the user's credentials, which never pass through here.

import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CliError } from '../errors.ts';
import { undoIfInterrupted } from '../interrupt.ts';
import type { Output } from '../output/output.ts';

export type ProgramName = 'charmcraft' | 'juju';

const INSTALL: Readonly<Record<ProgramName, string>> = {
  charmcraft: 'sudo snap install charmcraft --classic',
  juju: 'sudo snap install juju',
};

/** The program ran, and failed. */
export class ProgramError extends CliError {
  /** What it printed for programs. */
  readonly stdout: string;

  constructor(command: string, reason: string, stdout: string) {
    super('program-failed', `${command} failed: ${reason}`);
    this.stdout = stdout;
  }
}

export interface RunOptions {
  /** Whether the program asks questions on stdout. */
  readonly asks?: boolean;
}

/**
 * What it printed on stdout. Where a person is there, the rest of what it has to say goes to the terminal, and its questions are
 * answered there; elsewhere that is part of the error.
 *
 * @throws CliError `no-program` with how to install it; ProgramError.
 */
export async function runProgram(
  program: ProgramName,
  args: readonly string[],
  output: Output,
  { asks = false }: RunOptions = {},
): Promise<string> {
  const shared = output.isInteractive ? 'inherit' : 'pipe';
  requireProgram(program);
  output.detail(`running ${program} ${args.join(' ')}`);
  const child = spawn(program, args, { stdio: ['inherit', asks ? shared : 'pipe', shared] });
  using _ = undoIfInterrupted(() => child.kill());
  const exit = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', (error) => reject(notRun(program, error.message)));
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  const read = async (stream: typeof child.stdout) => (stream ? await text(stream) : '');
  const [code, stdout, stderr] = await Promise.all([exit, read(child.stdout), read(child.stderr)]);
  if (code === 0) return stdout;
  const reason = typeof code === 'string' ? `it was ended by ${code}` : `exit code ${code}`;
  throw new ProgramError(`${program} ${args[0]}`, [reason, stderr.trim()].filter(Boolean).join('\n'), stdout);
}

/** For work that would be lost without it. @throws CliError `no-program` with how to install it. */
export function requireProgram(program: ProgramName): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (!folders.some((folder) => isExecutable(join(folder, program)))) throw notRun(program, 'it is not on PATH');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function notRun(program: ProgramName, reason: string): Error {
  return new CliError('no-program', `cannot run ${program}: ${reason}. Install it: ${INSTALL[program]}`);
}
