// All that can be told of a charm's project without running it.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { examineCharmcraft, type Examined } from '../charmcraft/read.ts';
import { inOrder, type Finding } from '../findings/finding.ts';
import { areTypesStale, TYPES_FILE } from '../types/write.ts';
import { examineCode } from './code.ts';
import { checkFinding, type CheckFinding } from './finding.ts';
import { largeFiles } from './large-files.ts';
import { lxdProfile } from './lxd-profile.ts';

/** What is wrong with the project, or may be, file by file. @throws CliError when the directory holds no project. */
export async function check(directory: string): Promise<readonly CheckFinding[]> {
  return await checkExamined(directory, await examineCharmcraft(directory));
}

/** The same for one whose charmcraft.yaml has been read. */
export async function checkExamined(
  directory: string,
  { charmcraft, findings }: Examined,
): Promise<readonly CheckFinding[]> {
  const others = await Promise.all([
    charmcraft ? staleTypes(directory, charmcraft) : [],
    examineCode(directory, charmcraft),
    largeFiles(directory),
    lxdProfile(directory),
  ]);
  return inOrder([...findings, ...others.flat()]).map(checkFinding);
}

async function staleTypes(directory: string, charmcraft: Charmcraft): Promise<readonly Finding[]> {
  if (!(await areTypesStale(directory, charmcraft))) return [];
  const message = 'does not match charmcraft.yaml; run: charmed types';
  return [{ file: TYPES_FILE, line: 1, column: 1, rule: 'stale-types', message }];
}
