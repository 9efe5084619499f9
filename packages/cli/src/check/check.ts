// All that can be told of a charm's project without running it.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { isError } from '../charmcraft/findings.ts';
import { CHARMCRAFT_FILE, examineCharmcraft } from '../charmcraft/read.ts';
import { areTypesStale, TYPES_FILE } from '../types/write.ts';
import type { CheckFinding } from './finding.ts';
import { largeFiles } from './large-files.ts';
import { unknownNames } from './unknown-names.ts';

/** What is wrong with the project, or may be, file by file. @throws CliError when the directory holds no project. */
export async function check(directory: string): Promise<readonly CheckFinding[]> {
  const { charmcraft, findings } = await examineCharmcraft(directory);
  const inCharmcraft = findings.map((finding): CheckFinding => {
    return { ...finding, file: CHARMCRAFT_FILE, severity: isError(finding) ? 'error' : 'warning' };
  });
  if (!charmcraft) return inCharmcraft;
  const inCode = await Promise.all([
    staleTypes(directory, charmcraft),
    unknownNames(directory, charmcraft),
    largeFiles(directory),
  ]);
  return [...inCharmcraft, ...inCode.flat()];
}

async function staleTypes(directory: string, charmcraft: Charmcraft): Promise<readonly CheckFinding[]> {
  if (!(await areTypesStale(directory, charmcraft))) return [];
  const message = 'does not match charmcraft.yaml; run: charmed types';
  return [{ file: TYPES_FILE, line: 1, column: 1, rule: 'stale-types', severity: 'error', message }];
}
