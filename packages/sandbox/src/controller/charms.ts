// The charms of a sandbox: copies of the archives that were deployed, by hash, and their expanded files.

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OpsError } from '@charmed/ops/internal';
import { expandArchive } from '../agent/archive.ts';
import { files, type SandboxDirectories } from '../directories.ts';
import type { Settings, Store } from './store.ts';

const CHUNK = 1024 ** 2;

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
    await mkdir(files.charms(this.#directories), { recursive: true });
    const partial = join(files.charms(this.#directories), `${randomUUID()}.partial`);
    try {
      const hash = await copyHashed(path, partial, signal);
      await rename(partial, this.#archive(hash));
      return { [charmSetting(application)]: hash };
    } finally {
      await rm(partial, { force: true });
    }
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

// Both in one go: the file may be packed anew meanwhile.
async function copyHashed(source: string, target: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const read = createReadStream(source, { highWaterMark: CHUNK });
  await pipeline(read, hashed, createWriteStream(target, { highWaterMark: CHUNK }), { signal });
  return hash.digest('hex');
}
