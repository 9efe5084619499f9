// The directory that stands in for the root of a container's file system. It is not a chroot: processes see the machine as it is, with this
// directory as their working directory. Only what the API itself opens is looked up below it.

import { existsSync, realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { constants } from 'node:os';
import { dirname, join, posix, sep } from 'node:path';
import { OpsError } from '@charmed/ops/internal';
import { errnoOf } from './errno.ts';

/** Thrown for a path that a symbolic link leads out of the root. */
class OutsideRootError extends OpsError {
  readonly errno: number = -constants.errno.EACCES;

  constructor(path: string) {
    super('EACCES', `cannot open ${path}: it is outside of the root directory`);
  }
}

export class Root {
  /** `undefined` is the machine's own root. */
  readonly directory: string | undefined;

  readonly #mounted: string | undefined;

  /** @param mounted another directory that links may lead to, as a volume that is mounted. */
  constructor(directory: string | undefined, mounted?: string) {
    this.directory = directory === undefined ? undefined : realpathSync(directory);
    this.#mounted = mounted === undefined ? undefined : realpathSync(mounted);
  }

  /** For a program or a working directory: below the root when it is there, else as it is. */
  locate(path: string): string {
    if (this.directory === undefined || !path.startsWith('/')) return path;
    const below = join(this.directory, path);
    return existsSync(below) ? below : path;
  }

  /**
   * The path to open for an absolute path of the file API. `..` does not lead above the root, as in a container.
   * @throws OutsideRootError
   */
  async resolve(path: string): Promise<string> {
    const below = this.#below(path);
    if (this.directory !== undefined) this.#check(await realpathOfExisting(below));
    return below;
  }

  /** Like `resolve`, for what is to be made, replaced or removed: a link at the end of the path is meant itself. */
  async resolveEntry(path: string): Promise<string> {
    const below = this.#below(path);
    if (this.directory === undefined || below === this.directory) return below;
    this.#check(await realpathOfExisting(dirname(below)));
    return below;
  }

  #below(path: string): string {
    return this.directory === undefined ? path : join(this.directory, posix.normalize(path));
  }

  #check(real: string): void {
    const allowed = [this.directory, this.#mounted].filter((each) => each !== undefined);
    if (allowed.some((each) => real === each || real.startsWith(`${each}${sep}`))) return;
    throw new OutsideRootError(real);
  }
}

/** Of the path, or of the deepest directory on the way to it that exists. */
async function realpathOfExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' || path === dirname(path)) throw error;
    return realpathOfExisting(dirname(path));
  }
}
