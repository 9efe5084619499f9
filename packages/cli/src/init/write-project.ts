// Files of a new project: all of them or none, and never in place of another. They are written without a pause, so that Ctrl-C comes before
// or after.

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError, codeOf } from '../errors.ts';
import { makeFolder } from '../new-folder.ts';
import { unwritable } from '../write-whole.ts';

/** How many names are told of what is in the way. */
const TOLD = 5;

/** A repository without files is as good as empty. */
const IGNORED: ReadonlySet<string> = new Set(['.git']);

/** @throws CliError `not-empty` with what is in the folder. */
export function requireEmpty(directory: string): void {
  const found = entriesOf(directory).filter((name) => !IGNORED.has(name));
  if (found.length === 0) return;
  const names = found.slice(0, TOLD).join(', ') + (found.length > TOLD ? ` and ${found.length - TOLD} more` : '');
  const advice = 'Choose another folder, or add what is missing there with --force, which overwrites nothing.';
  throw new CliError('not-empty', `cannot make a charm in ${directory}: it has ${names}. ${advice}`);
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) !== 'ENOTDIR') throw unwritable(directory, error);
    throw new CliError('not-empty', `cannot make a charm in ${directory}: it is a file. Choose another folder.`);
  }
}

export interface Written {
  readonly files: readonly string[];
  /** Were there, and are as they were. */
  readonly kept: readonly string[];
}

/** @throws CliError `unwritable`; what was written until then is removed again. */
export function writeProject(directory: string, contents: ReadonlyMap<string, string>): Written {
  const made: string[] = [];
  const files: string[] = [];
  const kept: string[] = [];
  try {
    for (const [path, content] of contents) {
      const isNew = writeNew(join(directory, path), content, made);
      (isNew ? files : kept).push(path);
    }
  } catch (error) {
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
    throw error;
  }
  return { files, kept };
}

/** Whether it was not there yet. @param made gets what has come into being. */
function writeNew(path: string, content: string, made: string[]): boolean {
  try {
    made.push(...makeFolder(dirname(path)));
    writeFileSync(path, '', { flag: 'wx' });
    made.push(path);
    writeFileSync(path, content);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw unwritable(path, error);
  }
}
