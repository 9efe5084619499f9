// What package.json names under `files`: more that goes into the charm, as npm has it for packages.

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '@charmed/ops/internal';
import { CliError, codeOf } from '../errors.ts';

/** The patterns; none when there is no package.json. @throws CliError `bad-package-json`, or `no-such-file` for a pattern of nothing. */
export async function namedFiles(directory: string): Promise<readonly string[]> {
  const patterns = filesOf(await packageJson(directory), directory);
  const inFolders = patterns.map((pattern) => pattern.replace(/\/+$/, '')).flatMap((each) => [each, `${each}/**`]);
  for (const pattern of patterns) await requireOne(pattern, directory);
  return inFolders;
}

async function packageJson(directory: string): Promise<unknown> {
  const path = join(directory, 'package.json');
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new CliError('bad-package-json', `cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function filesOf(manifest: unknown, directory: string): readonly string[] {
  const files = (manifest as { files?: unknown } | null)?.files ?? [];
  const isList = Array.isArray(files) && files.every((each) => typeof each === 'string');
  const outside = isList && files.find((each: string) => /^[/!]|(?:^|\/)\.\.(?:\/|$)/.test(each));
  if (isList && outside === undefined) return files;
  const reason = isList ? `${JSON.stringify(outside)} is not below the project` : 'it is no list of texts';
  const advice = 'Name files and folders of the project, such as "data" or "scripts/*.sh".';
  throw new CliError(
    'bad-package-json',
    `cannot take files of ${join(directory, 'package.json')}: ${reason}. ${advice}`,
  );
}

async function requireOne(pattern: string, directory: string): Promise<void> {
  for await (const _ of glob(pattern, { cwd: directory })) return;
  const place = join(directory, 'package.json');
  throw new CliError(
    'no-such-file',
    `cannot find ${pattern}, which ${place} names under files. Make it, or take it out.`,
  );
}
