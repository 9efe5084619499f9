// Runs the checks of the repository, as many at a time as there are processors, and shows the output of those that fail.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { repositoryRoot, SOURCE_CONDITION } from './checks/workspace.ts';
import { secondsSince, sumOf, type Outcome } from './outcome.ts';
import { inParallel } from './parallel.ts';

export interface Check {
  readonly name: string;
  /** A program of node_modules/.bin or PATH and its arguments; it passes by exit code 0. */
  readonly command: readonly [string, ...string[]];
}

// The slowest first, so that they overlap with the rest.
export const checks: readonly Check[] = [
  { name: 'packages', command: ['node', 'tools/checks/packages.ts'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'types of packages', command: ['tsc', '-p', 'packages'] },
  { name: 'types of the rest', command: ['tsc', '-p', '.'] },
  {
    name: 'reference of charmed',
    command: ['node', `--conditions=${SOURCE_CONDITION}`, 'tools/docs/command-reference.ts', '--check'],
  },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'layers', command: ['node', 'tools/checks/layers.ts'] },
  { name: 'size', command: ['node', 'tools/checks/size.ts'] },
];

export async function runChecks(toRun: readonly Check[]): Promise<Outcome> {
  return sumOf(await inParallel(toRun, runCheck));
}

async function runCheck({ name, command }: Check): Promise<Outcome> {
  const started = performance.now();
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  });
  const [failure, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  console.log(`${failure ? 'FAIL' : 'ok  '} ${name}, ${secondsSince(started)}`);
  if (!failure) return { passed: 1, failed: [], skipped: [] };
  console.log(`${stdout}${stderr}${failure}: ${command.join(' ')}\n`);
  return { passed: 0, failed: [`check: ${name}`], skipped: [] };
}
