// The files of a new charm: those in `templates`, with the charm's own names in them. Most are the same for all profiles.

import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classNameOf, titleOf } from './charm-name.ts';
import type { Profile } from './profile.ts';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

export interface Names {
  /** Of the charm. */
  readonly name: string;
  readonly author: string;
}

/** Contents by path. */
export async function projectFiles(profile: Profile, names: Names): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ['common', profile].map((part) => join(TEMPLATES, part))) {
    for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const place = placeOf(relative(folder, path));
      files.set(place, withNames(await readFile(path, 'utf8'), place, names));
    }
  }
  return new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** In a package npm would leave out some files whose names begin with a dot, and heed others. */
function placeOf(path: string): string {
  return path.replace(/^_/, '.');
}

function withNames(text: string, path: string, { name, author }: Names): string {
  const names: Readonly<Record<string, string>> = {
    'my-charm': name,
    MyCharm: classNameOf(name),
    'My Charm': titleOf(name),
    'Jane Doe': path.endsWith('.json') ? JSON.stringify(author).slice(1, -1) : author,
  };
  return text.replaceAll(/my-charm|MyCharm|My Charm|Jane Doe/g, (placeholder) => names[placeholder] ?? placeholder);
}
