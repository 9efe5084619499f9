// A charm that emits as many events as EMIT says and defers them while it is set. They differ, or they would be one.

import { CustomEventBase, main, type Framework } from '@charmed/ops';
import { CharmBase } from './charm.gen.ts';

class PokedEvent extends CustomEventBase<{ n: number }> {}

class DeferringCharm extends CharmBase {
  readonly events = this.defineEvents({ poked: PokedEvent });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.events.poked, this.#onPoked);
  }

  async #onConfigChanged(): Promise<void> {
    for (let n = 0; n < Number(process.env.EMIT); n += 1) await this.events.poked.emit({ n });
  }

  #onPoked(event: PokedEvent): void {
    if (process.env.EMIT) event.defer();
  }
}

if (import.meta.main) await main(DeferringCharm);
