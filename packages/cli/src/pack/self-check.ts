// Runs the packed charm once, from a folder of its own, to see that it starts and that `main` is reached.

import { execFile, type ExecFileException } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from '../errors.ts';
import { undoIfInterrupted } from '../interrupt.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { BUNDLE_ENTRY } from './bundle.ts';
import { placeFiles, type Contents } from './charm-file.ts';
import { NODE, STUB } from './launcher.ts';

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT = 64 * 1024 * 1024;
const HANGS = `it was still running after ${TIMEOUT_MS / 1000} s. Nothing may wait before main() is called.`;
const NO_MAIN = 'it ended without calling main(). End src/charm.ts with: if (import.meta.main) await main(YourCharm);';
const BUNDLE = `src/${BUNDLE_ENTRY}`;
const NO_MAP = '{"version":3,"sources":[],"names":[],"mappings":""}';
const BUNDLE_PLACE = new RegExp(`[^\\s()]*/${BUNDLE.replaceAll('.', '\\.')}:(\\d+)(?::(\\d+))?`, 'g');
const NOT_OF_THE_CHARM = new RegExp(`^ +at .*(node:internal/|/${STUB})|^Node\\.js v|^$`);
const REACHED = /^charmed-self-check: (.+)$/m;

/** @param node path of the one that the charm is to carry. @throws CliError `self-check-failed` with what the charm printed. */
export async function selfCheck(files: Contents, node: string): Promise<void> {
  using directory = temporaryDirectory(tmpdir(), 'charmed-pack-');
  await placeFiles(directory.path, files);
  await mkdir(join(directory.path, dirname(NODE)));
  await symlink(node, join(directory.path, NODE));
  const run = await dispatched(directory.path);
  if (!run.error && REACHED.test(run.stdout)) return;
  throw new CliError('self-check-failed', `cannot pack: the packed charm does not start: ${reasonOf(run, files)}`);
}

interface Run {
  readonly error: ExecFileException | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function dispatched(directory: string): Promise<Run> {
  return await new Promise((resolve) => {
    const env = { CHARMED_SELF_CHECK: '1', PATH: '/usr/bin:/bin' };
    const options = { cwd: directory, env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT } as const;
    const child = execFile('./dispatch', [], options, (error, stdout, stderr) => {
      ended[Symbol.dispose]();
      resolve({ error, stdout, stderr });
    });
    const ended = undoIfInterrupted(() => child.kill('SIGKILL'));
  });
}

function reasonOf({ error, stderr }: Run, files: Contents): string {
  if (error?.killed) return HANGS;
  if (typeof error?.code === 'string') return error.message;
  const map = files.get(`${BUNDLE}.map`)?.content;
  return inSourceLines(stderr, typeof map === 'string' ? map : NO_MAP) || NO_MAIN;
}

/** What Node says of the bundle's lines, told of those that the author has written. */
function inSourceLines(said: string, map: string): string {
  const sources = new SourceMap(JSON.parse(map));
  const placed = said.replaceAll(BUNDLE_PLACE, (text, line: string, column = '1') => {
    const origin = sources.findOrigin(Number(line), Number(column));
    if (!('fileName' in origin)) return text;
    return `${join('src', origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`;
  });
  const lines = placed.trim().split('\n');
  return lines.filter((line) => !NOT_OF_THE_CHARM.test(line)).join('\n');
}
