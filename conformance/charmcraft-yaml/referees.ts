// What charmcraft and Juju say of charmcraft.yaml files, many at once.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { peerPath } from '../peers.ts';

export type Files = Readonly<Record<string, string>>;

/** What charmcraft packs, and what its linters say of that; or why it refuses. */
export type Split =
  | { readonly refused: string }
  | { readonly files: Files; readonly lints: Readonly<Record<string, string>> };

/** What Juju reads in the files of a charm, or why it refuses. */
export type Read =
  | { readonly refused: string }
  | { readonly meta: unknown; readonly config: unknown; readonly actions: unknown };

export function splitByCharmcraft(texts: readonly string[]): readonly Split[] {
  return linesOf(peerPath('python'), [join(import.meta.dirname, 'split.py')], texts) as readonly Split[];
}

export function readByJuju(charms: readonly Files[]): readonly Read[] {
  return linesOf(peerPath('charm-archive'), ['-'], charms) as readonly Read[];
}

function linesOf(program: string, args: readonly string[], values: readonly unknown[]): readonly unknown[] {
  const input = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error || status !== 0) throw new Error(`${program} failed: ${stderr}`, { cause: error });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
