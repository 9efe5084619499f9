// A charm without a workload.

import { ActiveStatus, main, type Framework } from '@charmed/ops';
import { CharmBase } from './charm.gen.ts';

export class NoopCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
  }

  async #onStart(): Promise<void> {
    await this.unit.setStatus(new ActiveStatus());
  }
}

if (import.meta.main) await main(NoopCharm);
