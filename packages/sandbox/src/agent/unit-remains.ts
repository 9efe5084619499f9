// What a unit has on this machine: processes of its containers, what its charm has left running, and files.

import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { files, type SandboxDirectories } from '../directories.ts';
import { charmDirectory } from './charm-directory.ts';
import { killContainer } from './containers.ts';
import { killProcessesWith } from './processes.ts';

/** Ends and removes it all, as the end of the unit's machine or pod does. */
export async function removeUnitRemains(
  directories: SandboxDirectories,
  modelUuid: string,
  unit: string,
): Promise<void> {
  const directory = files.unit(directories, unit);
  for (const container of namesIn(join(directory, 'containers'))) await killContainer(modelUuid, unit, container);
  await killProcessesWith(`JUJU_CHARM_DIR=${charmDirectory({ directories }, unit)}`);
  await rm(directory, { recursive: true, force: true });
}

/** The names of all units that have files, of those too that the model has no more. */
export function unitsWithFiles(directories: SandboxDirectories): readonly string[] {
  return namesIn(files.units(directories)).map((name) => name.replace(/-(?=\d+$)/, '/'));
}

function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
