// A temporary directory of the harness's own, made when something is first put into it.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class OwnDirectory {
  #path: string | undefined;

  /** The directory at this place in it, which is made. */
  at(...parts: readonly string[]): string {
    this.#path ??= mkdtempSync(join(tmpdir(), 'charmed-harness-'));
    const path = join(this.#path, ...parts);
    mkdirSync(path, { recursive: true });
    return path;
  }

  remove(): void {
    if (this.#path !== undefined) rmSync(this.#path, { recursive: true, force: true });
    this.#path = undefined;
  }
}
