// A file of a charm, and how it comes onto the disk.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface CharmFile {
  readonly content: string | Uint8Array;
  readonly executable?: boolean;
}

/** By path in the charm. */
export type Contents = ReadonlyMap<string, CharmFile>;

export async function placeFiles(directory: string, files: Iterable<readonly [string, CharmFile]>): Promise<void> {
  for (const [name, { content, executable }] of files) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: executable ? 0o755 : 0o644 });
  }
}
