// The unpacked charm of a unit. Each unit has a copy of its own: charms write into their directory.

import { constants, existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { applicationOf, isKubernetes, unitOf } from '@charmed/sim/model';
import { files } from '../directories.ts';
import type { AgentHost } from './host.ts';

export function charmDirectory(host: Pick<AgentHost, 'directories'>, unit: string): string {
  return join(files.unit(host.directories, unit), 'charm');
}

/**
 * Unpacks the charm before a unit's first hooks and upgrade-charm; a hook that is run again finds what it left. On Kubernetes a refresh comes with a
 * new directory, on a machine files of the charm's own making stay.
 */
export async function unpackCharm(host: AgentHost, unit: string): Promise<void> {
  const application = applicationOf(host.state(), unitOf(host.state(), unit).application);
  const source = await host.expandedCharm(application.name);
  const target = charmDirectory(host, unit);
  const unpacked = `unpacked/${unit}`;
  if (existsSync(target) && host.recall(unpacked) === source) return;
  const options = {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  };
  if (existsSync(target) && !isKubernetes(application)) await cp(source, target, options);
  else {
    const partial = `${target}.partial`;
    await rm(partial, { recursive: true, force: true });
    await cp(source, partial, options);
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  }
  host.remember(unpacked, source);
}
