// From a charm's project to a release on Charmhub: charms and resources are uploaded, then each charm is released with the resources.

import { tmpdir } from 'node:os';
import { readCharmcraft } from '../charmcraft/read.ts';
import { CliError } from '../errors.ts';
import type { Output } from '../output/output.ts';
import { releaseRevision, uploadCharm, uploadResource, type ResourceRevision } from '../programs/charmcraft.ts';
import { requireProgram } from '../programs/run-program.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { packInto } from './pack-into.ts';
import { imageForCharmcraft, resourceChoices, type ResourceChoice } from './resource-choices.ts';

export interface PublishOptions {
  readonly channels: readonly string[];
  /** As `resourceChoices` takes them. */
  readonly resources: readonly string[];
  readonly platforms: readonly string[];
  /** Paths of charms that are packed already. Default: the project is packed. */
  readonly charms: readonly string[];
}

export interface Published {
  readonly name: string;
  readonly charms: readonly { readonly path: string; readonly revision: number }[];
  readonly resources: readonly ResourceRevision[];
  readonly channels: readonly string[];
}

/** @throws CliError, which tells what was done before. Nothing begins before all resources are known. */
export async function publish(project: string, options: PublishOptions, output: Output): Promise<Published> {
  const charmcraft = await readCharmcraft(project);
  const { name } = charmcraft;
  const choices = resourceChoices(charmcraft, options.resources);
  requireProgram('charmcraft');
  using packed = temporaryDirectory(tmpdir(), 'charmed-publish-');
  const paths =
    options.charms.length > 0
      ? options.charms
      : (await packInto(packed.path, project, options.platforms, output)).map(({ path }) => path);
  const done: string[] = [];
  const tell = (what: string) => {
    done.push(what);
    output.note(what);
  };
  try {
    const charms: { path: string; revision: number }[] = [];
    for (const path of paths) {
      const revision = await uploadCharm(path, output);
      charms.push({ path, revision });
      tell(`uploaded ${path} as revision ${revision} of ${name}`);
    }
    const resources = [...choices.uploaded];
    for (const choice of choices.given) {
      const resource = await uploadChoice(name, choice, output);
      resources.push(resource);
      tell(`uploaded the resource ${choice.name} (${choice.value}) as revision ${resource.revision}`);
    }
    for (const { revision } of charms) {
      await releaseRevision(name, { revision, channels: options.channels, resources }, output);
      done.push(`released revision ${revision} to ${options.channels.join(', ')}`);
    }
    return { name, charms, resources, channels: options.channels };
  } catch (error) {
    throw error instanceof CliError && done.length > 0 ? withDone(error, done) : error;
  }
}

export async function uploadChoice(
  charm: string,
  { name, type, value }: ResourceChoice,
  output: Output,
): Promise<ResourceRevision> {
  const from = type === 'oci-image' ? { image: imageForCharmcraft(value) } : { filepath: value };
  return await uploadResource(charm, name, from, output);
}

function withDone(error: CliError, done: readonly string[]): CliError {
  return new CliError(error.code, `${error.message}\nDone before that: ${done.join('; ')}.`, { cause: error });
}
