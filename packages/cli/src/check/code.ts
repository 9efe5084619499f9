// What the charm's code says about charmcraft.yaml, by reading it: nothing of the charm is run. A charm that extends the `CharmBase` of its
// own metadata has its names checked by the compiler too.

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'rolldown/utils';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import type { Finding } from '../findings/finding.ts';
import { TYPES_FILE } from '../types/write.ts';
import { callsMain, readNames, type CodeFile } from './code-file.ts';
import { unknownNames } from './unknown-names.ts';

const ENTRY = 'src/charm.ts';

/** @param charmcraft `undefined` when it has errors: then names are not looked up. */
export async function examineCode(directory: string, charmcraft: Charmcraft | undefined): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const files: CodeFile[] = [];
  for (const file of await codeFiles(directory)) {
    const code = await readFile(join(directory, file), 'utf8');
    const { program, errors } = parseSync(file, code);
    const [first] = errors;
    if (first) {
      const place = positionOf(code, first.labels[0]?.start ?? 0);
      findings.push({ file, ...place, rule: 'bad-code', message: `is no TypeScript: ${first.message}` });
    } else files.push({ file, code, program });
  }
  const isBroken = findings.length > 0;
  const names = charmcraft ? unknownNames(files.map(readNames), charmcraft) : [];
  for (const { file, offset, message } of names) {
    const code = files.find((each) => each.file === file)?.code ?? '';
    findings.push({ file, ...positionOf(code, offset), rule: 'unknown-name', message });
  }
  const start = { file: ENTRY, line: 1, column: 1 };
  if (!isBroken && !files.some(({ file }) => file === ENTRY)) {
    findings.push({ ...start, rule: 'no-entry', message: 'is not there, where the charm begins; write it' });
  } else if (!isBroken && !files.some(callsMain)) {
    const advice = 'end it with: if (import.meta.main) await main(YourCharm);';
    findings.push({ ...start, rule: 'no-main', message: `does not call main of @charmed/ops; ${advice}` });
  }
  return findings;
}

/** All of src but tests, which may be about other charms, and what is generated. */
async function codeFiles(directory: string): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob('src/**/*.{ts,mts,js,mjs}', { cwd: directory }));
  return files
    .filter(
      (file) => file !== TYPES_FILE && !/\.(?:test|test-d|d)\.m?[tj]s$/.test(file) && !file.includes('node_modules'),
    )
    .toSorted();
}

function positionOf(code: string, offset: number): { readonly line: number; readonly column: number } {
  const before = code.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
