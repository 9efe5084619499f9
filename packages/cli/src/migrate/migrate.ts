// From the project of a Python charm to one in TypeScript beside it. Nothing of the Python charm is run, and nothing is changed in it.

import { basename, dirname, join, resolve } from 'node:path';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import { ProjectError } from '../findings/finding.ts';
import { defaultAuthor } from '../init/author.ts';
import { classNameOf } from '../init/charm-name.ts';
import { projectFiles } from '../init/template.ts';
import { requireEmpty } from '../init/write-project.ts';
import { placeFiles } from '../pack/charm-file.ts';
import { renderTypes } from '../types/render.ts';
import { TYPES_FILE } from '../types/write.ts';
import { writeFolder } from '../write-folder.ts';
import { charmCode } from './charm-code.ts';
import { migrateCharmcraftYaml } from './charmcraft-yaml.ts';
import { planOf, type MigrationPlan } from './plan.ts';
import { portingList } from './porting-list.ts';
import { filesToKeep, leftoversOf, pythonFiles } from './project.ts';
import { readCharmClass } from './python/charm-class.ts';
import { unitTest } from './unit-test.ts';

const PORTING_LIST = 'PORTING.md';

/** What `charmed init` gives a charm that is not about its workload. */
const FROM_INIT = ['package.json', 'tsconfig.json', '.oxlintrc.json', '.gitignore', '.github/workflows/ci.yaml'];

export interface MigrateOptions {
  /** Where the new project goes. Default: beside that of the charm, called the same and `-ts`. */
  readonly output?: string;
}

export interface Migrated {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Relative to it. */
  readonly files: readonly string[];
  /** Juju's names of the events that the new charm observes, each with its handler, and that of Python. */
  readonly observations: readonly { readonly event: string; readonly handler: string; readonly method: string }[];
  /** How many observations of the Python charm are not among them. */
  readonly unread: number;
}

/**
 * @throws CliError `no-charm-class` when no class of src extends `CharmBase`, ProjectError for what is wrong in charmcraft.yaml,
 * `not-empty` or `unwritable`; nothing has been written then.
 */
export async function migrate(folder: string, options: MigrateOptions = {}): Promise<Migrated> {
  const source = resolve(folder);
  const directory = resolve(options.output ?? join(dirname(source), `${basename(source)}-ts`));
  requireEmpty(directory);
  const files = await pythonFiles(source);
  const charm = readCharmClass(files);
  if (!charm) {
    const reason = files.length === 0 ? 'it has no Python files in src' : 'no class in src extends ops.CharmBase';
    throw new CliError('no-charm-class', `cannot migrate ${source}: ${reason}. Name the folder of a Python charm.`);
  }
  const kept = new Map<string, string | Uint8Array>(await filesToKeep(source));
  const yaml = migrateCharmcraftYaml(String(kept.get('charmcraft.yaml') ?? ''));
  if (kept.has('charmcraft.yaml')) kept.set('charmcraft.yaml', yaml.text);
  return await writeFolder(directory, async (work) => {
    await writeAll(work, kept);
    const charmcraft = await readMigrated(work, source);
    const plan = planOf(charm, charmcraft);
    const left = await leftoversOf(source, files, charm.file);
    const made = new Map([...(await commonFiles(charmcraft)), ...codeFiles(plan, charmcraft)]);
    made.set(PORTING_LIST, portingList(charmcraft.name, plan, yaml, left));
    await writeAll(work, made);
    return {
      name: charmcraft.name,
      directory,
      files: [...kept.keys(), ...made.keys()].toSorted(),
      observations: plan.observations.map(({ event, handler }) => {
        const method = plan.handlers.find(({ name }) => name === handler)?.method ?? '';
        return { event: event.kind, handler, method };
      }),
      unread: plan.unread.length,
    };
  });
}

/** Findings are told of the files that the user has. */
async function readMigrated(work: string, source: string): Promise<Charmcraft> {
  try {
    return await readCharmcraft(work);
  } catch (error) {
    if (error instanceof ProjectError) throw new ProjectError(source, error.findings);
    if (error instanceof CliError && error.code === 'no-charmcraft-yaml') return await readCharmcraft(source);
    throw error;
  }
}

function codeFiles(plan: MigrationPlan, charmcraft: Charmcraft): ReadonlyMap<string, string> {
  const className = classNameOf(charmcraft.name);
  return new Map([
    [TYPES_FILE, renderTypes(charmcraft)],
    ['src/charm.ts', charmCode(className, plan)],
    ['test/unit/charm.test.ts', unitTest(className, plan)],
  ]);
}

/** There is no integration test yet. */
async function commonFiles({ name }: Charmcraft): Promise<ReadonlyMap<string, string>> {
  const files = await projectFiles('machine', { name, author: await defaultAuthor(name) });
  const taken = new Map(FROM_INIT.map((path) => [path, files.get(path) ?? '']));
  const { scripts, ...manifest } = JSON.parse(taken.get('package.json') ?? '');
  const { 'test:integration': _, ...others } = scripts;
  taken.set('package.json', `${JSON.stringify({ ...manifest, scripts: others }, undefined, 2)}\n`);
  const workflow = taken.get('.github/workflows/ci.yaml') ?? '';
  taken.set('.github/workflows/ci.yaml', workflow.replace(/^.*test:integration\n/m, ''));
  return taken;
}

async function writeAll(directory: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  await placeFiles(
    directory,
    [...files].map(([name, content]) => [name, { content }]),
  );
}
