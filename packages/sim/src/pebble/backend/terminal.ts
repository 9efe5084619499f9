// Commands on a terminal. Node cannot open one, but `script` of util-linux can, which each Debian and Ubuntu has: it runs the command on a new
// terminal and copies between that and its own stdin and stdout.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough, pipeline, type Readable, type Writable } from 'node:stream';
import { SpawnError, type Terminal, type TerminalSize } from '../engine/process.ts';

export interface TerminalCommand {
  /** The path of the program, and its arguments. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** What the command reads in place of the terminal, and where its stderr goes: file descriptors. */
  readonly stdin: number | undefined;
  readonly stderr: number | undefined;
}

export interface OnTerminal {
  /** The process of `script`. */
  readonly child: ChildProcess;
  /** Of the command itself, which leads a session of its own. */
  readonly pid: number;
  readonly input: Writable;
  readonly output: Readable;
  resize(size: TerminalSize): void;
}

const control = 3;
const [stdinFd, stderrFd] = [4, 5];
/** Ends the input of who reads from a terminal. */
export const endOfInput = '\x04';

/** @throws SpawnError when there is no `script`. */
export async function openTerminal(command: TerminalCommand, { size }: Terminal): Promise<OnTerminal> {
  const { environment, cwd, owner, stdin, stderr } = command;
  const child = spawn(
    '/usr/bin/script',
    ['--quiet', '--return', '--flush', '--command', lineOf(command, size), '/dev/null'],
    {
      stdio: ['pipe', 'pipe', 'ignore', 'pipe', stdin ?? 'ignore', stderr ?? 'ignore'],
      detached: true,
      env: { ...environment, SHELL: '/bin/sh' },
      ...(cwd !== undefined && { cwd }),
      ...owner,
    },
  );
  try {
    await once(child, 'spawn');
  } catch {
    throw new SpawnError('cannot open a terminal: /usr/bin/script is not there; install bsdutils');
  }
  const [input, stdout, , reports] = child.stdio as unknown as [Writable, Readable, null, Readable];
  // Node throws away what nobody reads from a child that has ended.
  const output = pipeline(stdout, new PassThrough(), () => undefined);
  input.on('error', () => undefined);
  const { tty, pid } = await reportOf(reports, child);
  return { child, pid, input, output, resize: (next) => void spawn('stty', sizeWords(next, tty), { stdio: 'ignore' }) };
}

// The shell on the terminal tells where it is, and becomes the command.
function lineOf({ words, environment, stdin, stderr }: TerminalCommand, size: TerminalSize | undefined): string {
  const shell = environment['SHELL'];
  const steps = [
    `tty >&${control}; echo $$ >&${control}; exec ${control}>&-`,
    size && `stty rows ${size.height} cols ${size.width}`,
    shell === undefined ? 'unset SHELL' : `SHELL=${quoted(shell)}; export SHELL`,
    stdin === undefined ? `exec ${stdinFd}<&-` : `exec <&${stdinFd} ${stdinFd}<&-`,
    stderr === undefined ? `exec ${stderrFd}>&-` : `exec 2>&${stderrFd} ${stderrFd}>&-`,
    `exec ${words.map(quoted).join(' ')}`,
  ];
  return steps.filter((step) => step !== undefined).join('; ');
}

async function reportOf(
  reports: Readable,
  child: ChildProcess,
): Promise<{ readonly tty: string; readonly pid: number }> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: reports })) if (lines.push(line) === 2) break;
  const [tty, pid] = lines;
  if (tty !== undefined && pid !== undefined) return { tty, pid: Number(pid) };
  child.kill('SIGKILL');
  throw new SpawnError('cannot open a terminal: the command has ended before it began');
}

function sizeWords({ width, height }: TerminalSize, tty: string): string[] {
  return ['-F', tty, 'rows', String(height), 'cols', String(width)];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
