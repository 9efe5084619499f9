// Finds the file of a program as Go does (package os/exec, LookPath).

import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '@charmed/ops/internal';
import { SpawnError } from '../engine/process.ts';
import type { Root } from './root.ts';

/** @throws SpawnError when a name without a slash is not on the PATH. */
export function findProgram(name: string, path: string, root: Root): string {
  if (name.includes('/')) return root.locate(name);
  const candidates = path.split(':').map((directory) => root.locate(join(directory || '.', name)));
  const found = candidates.find(isProgram);
  if (found === undefined) throw new SpawnError(`exec: ${quote(name)}: executable file not found in $PATH`);
  return found;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
