// What a charm's resources are to be: what the user gave, else the images that charmcraft.yaml names.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import { CliError } from '../errors.ts';
import type { ResourceRevision } from '../programs/charmcraft.ts';

export interface ResourceChoice {
  readonly name: string;
  readonly type: 'oci-image' | 'file';
  /** An image or a path. */
  readonly value: string;
}

export interface ResourceChoices {
  /** To be uploaded. */
  readonly given: readonly ResourceChoice[];
  /** That Charmhub has already. */
  readonly uploaded: readonly ResourceRevision[];
}

/**
 * @param args each `name=image`, `name=path`, or `name:revision` for one that was uploaded before.
 * @throws CliError `unknown-resource`; `no-resource` for one that nobody gave.
 */
export function resourceChoices(charmcraft: Charmcraft, args: readonly string[] = []): ResourceChoices {
  const declared = Object.entries(charmcraft.resources ?? {});
  const names = declared.map(([name]) => name);
  const uploaded = args.flatMap((argument) => uploadedRevision(argument) ?? []);
  const values = new Map(args.filter((argument) => !uploadedRevision(argument)).map(nameAndValue));
  const unknown = [...uploaded.map(({ name }) => name), ...values.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.join(', ') || 'none';
    throw new CliError('unknown-resource', `cannot find the resource "${unknown}": charmcraft.yaml has ${known}`);
  }
  const given = declared
    .filter(([name]) => !uploaded.some((resource) => resource.name === name))
    .map(([name, resource]): ResourceChoice => {
      const type = resource?.type === 'oci-image' ? 'oci-image' : 'file';
      const value = values.get(name) ?? (type === 'oci-image' ? resource?.['upstream-source'] : undefined);
      if (value) return { name, type, value };
      const [what, example] = type === 'file' ? ['a file', 'path'] : ['an image without upstream-source', 'image'];
      throw new CliError(
        'no-resource',
        `cannot go on without the resource "${name}", ${what}: give --resource ${name}=<${example}>`,
      );
    });
  return { given, uploaded };
}

function uploadedRevision(argument: string): ResourceRevision | undefined {
  const [, name, revision] = /^([^=:]+):(\d+)$/.exec(argument) ?? [];
  return name === undefined ? undefined : { name, revision: Number(revision) };
}

function nameAndValue(argument: string): readonly [string, string] {
  const at = argument.indexOf('=');
  if (at > 0) return [argument.slice(0, at), argument.slice(at + 1)];
  throw new CliError('bad-argument', `cannot read "${argument}": expected name=image, name=path or name:revision`);
}

/** As charmcraft takes it: one of Docker by its id, a path, or a reference with its transport. A plain one is in a registry. */
export function imageForCharmcraft(image: string): string {
  const hasPlace = /^\.{0,2}\/|^[a-z-]+:\/\/|^(oci|oci-archive|docker-archive|docker-daemon|dir):/.test(image);
  const isDigest = /^(sha256:)?[0-9a-f]{12,64}$/.test(image);
  return hasPlace || isDigest ? image : `docker://${image}`;
}

/** As juju takes it: it knows registries only. */
export function imageForJuju(image: string): string {
  return image.replace(/^docker:\/\//, '');
}
