// The resources of a harness, put into files when the charm fetches them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HookContextError } from '@charmed/sim/juju';
import { stringify } from 'yaml';
import { HarnessError } from './errors.ts';
import type { OwnDirectory } from './own-directory.ts';
import type { Surroundings } from './surroundings.ts';

const ANY_IMAGE = { registrypath: 'registrypath', username: 'username', password: 'password' };

export class Resources {
  readonly #world: Surroundings;
  readonly #directory: OwnDirectory;
  readonly #files = new Map<string, { readonly file: string; readonly content: string | Uint8Array }>();

  constructor(world: Surroundings, directory: OwnDirectory) {
    this.#world = world;
    this.#directory = directory;
  }

  add(name: string, content: string | Uint8Array): void {
    const { filename = name } = this.#declared(name, 'file');
    this.#files.set(name, { file: filename, content });
  }

  addImage(name: string, contents: Readonly<Record<string, string>> = ANY_IMAGE): void {
    this.#declared(name, 'oci-image');
    const chosen = Object.keys(contents).length > 0 ? contents : ANY_IMAGE;
    this.#files.set(name, { file: 'contents.yaml', content: stringify(chosen) });
  }

  addAllImages(): void {
    for (const [name, resource] of Object.entries(this.#world.meta.resources ?? {})) {
      if (resource?.type === 'oci-image') this.addImage(name);
    }
  }

  path(name: string): string {
    const resource = this.#files.get(name);
    if (!resource) {
      throw new HookContextError(
        `could not download resource: ${this.#world.appName}/${name} not found; add it with addResource`,
      );
    }
    const path = join(this.#directory.at('resources', name), resource.file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, resource.content);
    return path;
  }

  #declared(name: string, type: 'file' | 'oci-image'): { readonly filename?: string } {
    const resources = this.#world.meta.resources ?? {};
    const declared = Object.hasOwn(resources, name) ? resources[name] : undefined;
    if (declared?.type === type) return declared;
    const known = Object.keys(resources).join(', ') || 'none';
    const reason = declared ? `it is of type ${declared.type}, not ${type}` : `the metadata declares ${known}`;
    throw new HarnessError(`cannot add resource ${name}: ${reason}`);
  }
}
