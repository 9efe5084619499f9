// The hook commands as executables, for charms that know no agent socket: Python ones, shell scripts. One script serves them all; it
// looks at the name that it was called by.

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepingCode } from '../node-program.ts';

const CLIENT = '.hook-command';

/**
 * Writes an executable for each name into `dir`, which must not have them yet.
 *
 * @param code where they keep their compiled code, without which each call takes four times as long.
 */
export async function installHookCommands(
  dir: string,
  names: readonly string[],
  code: string = join(dir, '.code'),
): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, CLIENT), script(code), { mode: 0o755 });
  for (const name of names) await symlink(CLIENT, join(dir, name));
}

// Runs without PATH, and with our own Node: a charm may have set up another one.
function script(code: string): string {
  const entry = fileURLToPath(new URL(`hook-command${extname(import.meta.url)}`, import.meta.url));
  const options = ['--conditions=@charmed/source', '--disable-warning=ExperimentalWarning', ...keepingCode(code)];
  const node = [process.execPath, ...options, entry];
  return `#!/bin/sh\nexec ${node.map(quoted).join(' ')} "\${0##*/}" "$@"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
