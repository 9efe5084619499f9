// Keeps the state of a Pebble in a file: what a client has been told is there after a SIGKILL.

import { chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import { decodeState, encodeState, type SavedState } from '../engine/saved-state.ts';
import { errnoOf } from './errno.ts';

// More than 1000 changes and 1000 notices can be.
const maxBytes = 64 * 1024 * 1024;
const delayMs = 50;

/** Where the Pebble with this layers directory keeps what it knows. */
export function savedStateFileOf(layersDir: string): string {
  return join(dirname(layersDir), '.pebble.state');
}

/**
 * Nothing when there is no file. One that cannot be read is kept aside, with `.damaged` after its name, and a process warning says so.
 *
 * @throws OpsError `bad-state-file` when it cannot be kept aside.
 */
export function readSavedState(path: string): SavedState | undefined {
  try {
    if (statSync(path).size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    return decodeState(readFileSync(path, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    keepAside(path, error);
    return undefined;
  }
}

function keepAside(path: string, error: unknown): void {
  const aside = `${path}.damaged`;
  const problem = `cannot read the state of Pebble in ${path}: ${reasonOf(error)}`;
  try {
    renameSync(path, aside);
  } catch (cause) {
    throw new OpsError('bad-state-file', `${problem}; remove the file`, { cause });
  }
  process.emitWarning(`${problem}; kept as ${aside}, beginning anew`);
}

export class StateStore {
  readonly #path: string;
  readonly #state: () => SavedState;
  #timer: NodeJS.Timeout | undefined;
  #isDirty = false;
  #isFailing = false;
  #isClosed = false;

  constructor(path: string, state: () => SavedState) {
    this.#path = path;
    this.#state = state;
  }

  /** The state is no longer as it was written: it will be, soon. */
  touch(): void {
    if (this.#isClosed) return;
    this.#isDirty = true;
    this.#timer ??= setTimeout(() => this.flush(), delayMs).unref();
  }

  /** Writes now what has not been written. A disk that is full does not end Pebble: it is tried again with the next change. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isDirty) return;
    try {
      this.#write(encodeState(this.#state()));
      this.#isDirty = false;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        process.emitWarning(`cannot write the state of Pebble to ${this.#path}: ${reasonOf(error)}; make room there`);
      }
      this.#isFailing = true;
    }
  }

  /** Writes for the last time: the next Pebble may be at work here from now on. */
  close(): void {
    this.flush();
    this.#isClosed = true;
  }

  #write(text: string): void {
    const temporary = `${this.#path}.new`;
    writeFileSync(temporary, text, { mode: 0o600 });
    chmodSync(temporary, 0o600); // one that was there before keeps its mode
    renameSync(temporary, this.#path);
  }
}
