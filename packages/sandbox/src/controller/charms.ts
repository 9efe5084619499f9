// The charms of a sandbox: copies of the archives that were deployed, by hash, and their expanded files.

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { OpsError } from '@charmed/ops/internal';
import { expandArchive } from '../agent/archive.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import type { Settings, Store } from './store.ts';

export class Charms {
  readonly #store: Store;
  readonly #directories: SandboxDirectories;
  readonly #expansions = new Map<string, Promise<string>>();

  constructor(store: Store, directories: SandboxDirectories) {
    this.#store = store;
    this.#directories = directories;
  }

  /** Keeps a charm. Returns the settings that say that an application is of it, to be saved with the application. */
  async keep(application: string, path: string, signal: AbortSignal): Promise<Settings> {
    const hash = await hashOf(path, signal);
    const kept = this.#archive(hash);
    if (!existsSync(kept)) {
      await mkdir(files.charms(this.#directories), { recursive: true });
      const partial = `${kept}.${randomUUID()}.partial`; // the same charm may be deployed twice at once
      await copyFile(path, partial);
      await rename(partial, kept);
      signal.throwIfAborted();
    }
    return { [charmSetting(application)]: hash };
  }

  /** The directory with the expanded charm of an application; it is expanded once. @throws CharmError */
  async expanded(application: string): Promise<string> {
    const hash = this.#store.setting(charmSetting(application));
    if (hash === undefined) throw new OpsError('no-charm', `cannot find the charm of ${application}`);
    const expansion = this.#expansions.get(hash) ?? this.#expand(hash);
    this.#expansions.set(hash, expansion);
    return await expansion;
  }

  async #expand(hash: string): Promise<string> {
    const target = join(files.charms(this.#directories), hash);
    if (existsSync(target)) return target;
    try {
      await expandArchive(this.#archive(hash), target, this.#directories.cache);
      return target;
    } catch (error) {
      this.#expansions.delete(hash);
      throw error;
    }
  }

  #archive(hash: string): string {
    return join(files.charms(this.#directories), `${hash}.charm`);
  }
}

function charmSetting(application: string): string {
  return `charm/${application}`;
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
