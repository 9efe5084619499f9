// Whether this unit leads. Juju guarantees the answer for 30 seconds, so it is asked again only after that.

import { isLeader } from '../hookcmds/leadership.ts';
import { noteRead } from '../operations/reads.ts';
import type { Backend } from './backend.ts';

const LEASE_MS = 30_000;

export class Leadership {
  readonly #backend: Backend;
  #asked: { readonly at: number; readonly answer: Promise<boolean> } | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  isLeader(): Promise<boolean> {
    noteRead('leadership');
    const now = this.#backend.clock.now();
    if (!this.#asked || now - this.#asked.at >= LEASE_MS) this.#asked = this.#ask(now);
    return this.#asked.answer;
  }

  // The lease is counted from before the question. A failure is not remembered.
  #ask(at: number): { readonly at: number; readonly answer: Promise<boolean> } {
    const asked = { at, answer: isLeader(this.#backend.runner) };
    asked.answer.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return asked;
  }
}
