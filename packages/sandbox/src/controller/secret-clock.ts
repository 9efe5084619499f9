// Tells the model when the time has come for its secrets.

import { dueSecrets, nextSecretTime, type ModelState } from '@charmed/sim/model';
import type { AgentHost } from '../agent/host.ts';

/** What a timer waits at most. */
const MAX_MS = 2 ** 31 - 1;

export class SecretClock {
  readonly #host: Pick<AgentHost, 'state' | 'update'>;
  #timer: NodeJS.Timeout | undefined;
  #secrets: ModelState['secrets'] | undefined;

  constructor(host: Pick<AgentHost, 'state' | 'update'>) {
    this.#host = host;
  }

  /** Sets itself by what the model now says. */
  adjust(): void {
    const state = this.#host.state();
    if (state.secrets === this.#secrets) return;
    this.stop();
    this.#secrets = state.secrets;
    const time = nextSecretTime(state);
    if (time === undefined) return;
    const wait = Math.min(Math.max(0, Date.parse(time) - Date.now()), MAX_MS);
    this.#timer = setTimeout(() => this.#ring(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#secrets = undefined;
  }

  // Timers may be early, or were as long as they can be: then nothing is due, and the wait goes on.
  #ring(): void {
    this.#secrets = undefined;
    this.#host.update((state) => dueSecrets(state, new Date().toISOString()));
    this.adjust();
  }
}
