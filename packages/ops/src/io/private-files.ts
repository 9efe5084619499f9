// Files that only this user can read, for as long as they are needed. Juju's agent, which reads those of secrets, runs as root in the
// same file system.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'charmed-files-';

/** Disposing it removes the files; so does the end of the process, however the charm brings it about. */
export class PrivateFiles implements Disposable {
  /** Absolute paths, by name. */
  readonly paths: ReadonlyMap<string, string>;
  readonly #directory: string;
  readonly #remove = (): void => rmSync(this.#directory, { recursive: true, force: true });

  constructor(contents: Readonly<Record<string, string>>) {
    removeLeftovers();
    this.#directory = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)); // mode 0700
    process.once('exit', this.#remove);
    try {
      const names = Object.keys(contents);
      this.paths = new Map(names.map((name, index) => [name, join(this.#directory, String(index))]));
      for (const [name, path] of this.paths) writeFileSync(path, contents[name] ?? '', { mode: 0o600 });
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#remove);
    this.#remove();
  }
}

// Of a dispatch that was killed in the middle. Juju runs the hook again, which most likely comes by here again.
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const [pid] = name.slice(PREFIX.length).split('-');
    if (existsSync(`/proc/${pid}`)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It is another user's.
    }
  }
}
