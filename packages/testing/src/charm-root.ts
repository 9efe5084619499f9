// Where the metadata of a charm are that does not carry them: its directory, by default the working directory.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['metadata.yaml', 'charmcraft.yaml'] as const;

/** The working directory, if a charm is there: runners are started in the root of a project. */
export function charmRootHere(): string | undefined {
  return FILES.some((name) => existsSync(name)) ? '.' : undefined;
}

/** The name at the top of the metadata, which is read without YAML, since it is needed at once and always a simple word. */
export function charmNameIn(charmRoot: string): string | undefined {
  const path = FILES.map((name) => join(charmRoot, name)).find(existsSync);
  const text = path === undefined ? '' : readFileSync(path, 'utf8');
  return /^name: *["']?([a-z][a-z0-9-]*)/m.exec(text)?.[1];
}
