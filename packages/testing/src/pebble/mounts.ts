// What is mounted into a container: read when the charm first talks to its Pebble, written when the run ends.

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MemoryPebble } from '@charmed/sim/pebble';
import type { Mount } from '../state/mount.ts';

type Files = MemoryPebble['files'];

export function readMounts({ location, source }: Mount, files: Files): void {
  if (statSync(source).isFile()) return files.add(location, readFileSync(source));
  files.addDirectory(location);
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    const to = join(location, from.slice(source.length));
    if (entry.isDirectory()) files.addDirectory(to);
    else if (entry.isFile()) files.add(to, readFileSync(from));
  }
}

export function writeMounts({ location, source }: Mount, files: Files): void {
  if (statSync(source).isFile()) return writeFileSync(source, files.read(location) ?? '');
  const written = new Set<string>();
  for (const [path, content] of files.all()) {
    if (!path.startsWith(`${location}/`)) continue;
    const to = join(source, path.slice(location.length));
    written.add(to);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content);
  }
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(path)) rmSync(path);
  }
}
