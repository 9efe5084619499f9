// The hook commands as executables, for charms that know no agent socket: Python ones, shell scripts. One script serves them all; it
// looks at the name that it was called by.

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLIENT = '.hook-command';

/** Writes an executable for each name into `dir`, which must not have them yet. */
export async function installHookCommands(dir: string, names: readonly string[]): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, CLIENT), script(), { mode: 0o755 });
  for (const name of names) await symlink(CLIENT, join(dir, name));
}

// Runs without PATH, and with our own Node: a charm may have set up another one.
function script(): string {
  const entry = fileURLToPath(new URL(`hook-command${extname(import.meta.url)}`, import.meta.url));
  const node = [process.execPath, '--conditions=@charmed/source', '--disable-warning=ExperimentalWarning', entry];
  return `#!/bin/sh\nexec ${node.map(quoted).join(' ')} "\${0##*/}" "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
