// Whether this unit leads. Juju guarantees the answer for 30 seconds, so it is asked again only after that.

import { isLeader } from '../hookcmds/leadership.ts';
import { noteRead } from '../operations/reads.ts';
import type { Backend } from './backend.ts';

const LEASE_MS = 30_000;

export class Leadership {
  readonly #backend: Backend;
  #answer: { readonly askedAt: number; readonly leader: boolean } | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async isLeader(): Promise<boolean> {
    noteRead('leadership');
    const askedAt = this.#backend.clock.now();
    if (!this.#answer || askedAt - this.#answer.askedAt >= LEASE_MS) {
      this.#answer = { askedAt, leader: await isLeader(this.#backend.runner) };
    }
    return this.#answer.leader;
  }
}
