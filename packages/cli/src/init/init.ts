// From nothing to a charm that can be tested, packed and deployed.

import { resolve } from 'node:path';
import { CliError } from '../errors.ts';
import { defaultAuthor } from './author.ts';
import { nameOfFolder, reasonAgainst } from './charm-name.ts';
import type { Profile } from './profile.ts';
import { projectFiles } from './template.ts';
import { requireEmpty, writeProject } from './write-project.ts';

export interface InitOptions {
  readonly profile: Profile;
  /** Default: after the folder. */
  readonly name?: string | undefined;
  /** Default: as git knows them. */
  readonly author?: string | undefined;
  /** Whether the folder may have files already. They stay as they are. Default: false. */
  readonly force?: boolean | undefined;
}

export interface NewProject {
  readonly name: string;
  readonly profile: Profile;
  /** Absolute. */
  readonly directory: string;
  /** Relative to it. */
  readonly files: readonly string[];
  /** Files that were there before, and are as they were. */
  readonly kept: readonly string[];
}

/** @throws CliError `bad-name`, `not-empty` or `unwritable`; nothing has been written then. */
export async function init(folder: string, options: InitOptions): Promise<NewProject> {
  const { profile, name = nameOfFolder(folder), force } = options;
  requireName(name, options.name === undefined);
  if (!force) requireEmpty(folder);
  const author = onOneLine(options.author ?? (await defaultAuthor(name)));
  const directory = resolve(folder);
  const written = writeProject(directory, await projectFiles(profile, { name, author }));
  return { name, profile, directory, ...written };
}

function requireName(name: string, isDerived: boolean): void {
  const reason = reasonAgainst(name);
  if (reason === undefined) return;
  const advice = isDerived ? 'Give one with --name.' : 'Give another.';
  throw new CliError('bad-name', `cannot name a charm ${JSON.stringify(name)}: ${reason}. ${advice}`);
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
