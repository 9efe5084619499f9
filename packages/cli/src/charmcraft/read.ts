// Reads what declares the charm of a project, and says all that is wrong with it.

import { ProjectError, isError, type Finding } from '../findings/finding.ts';
import type { Charmcraft } from './charmcraft.ts';
import { checkNames } from './naming-conventions.ts';
import { isMapping, Place } from './place.ts';
import { checkReferences } from './references.ts';
import { regular } from './regular.ts';
import { readSources } from './sources.ts';

export interface Examined {
  /** `undefined` if there are errors among the findings. */
  readonly charmcraft: Charmcraft | undefined;
  readonly findings: readonly Finding[];
  /** metadata.yaml, config.yaml and actions.yaml of the project, where it has them. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** A project whose charm is declared as it should be. */
export interface Project extends Examined {
  readonly charmcraft: Charmcraft;
}

/** @throws ProjectError with a line for each error, CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function readCharmcraft(directory: string): Promise<Charmcraft> {
  return (await readProject(directory)).charmcraft;
}

/** @throws ProjectError with a line for each error, CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function readProject(directory: string): Promise<Project> {
  const { charmcraft, ...examined } = await examineCharmcraft(directory);
  if (charmcraft) return { charmcraft, ...examined };
  throw new ProjectError(directory, examined.findings.filter(isError));
}

/** @throws CliError `no-charmcraft-yaml` when the directory has no such file. */
export async function examineCharmcraft(directory: string): Promise<Examined> {
  const { document, findings: inFiles, beside } = await readSources(directory);
  if (!document) return { charmcraft: undefined, findings: inFiles, beside };
  const findings = [...inFiles];
  const charm = Place.top(document, findings);
  checkReferences(charm);
  checkNames(charm);
  const charmcraft = findings.some(isError) || !isMapping(charm.value) ? undefined : regular(charm.value);
  return { charmcraft, findings, beside };
}
