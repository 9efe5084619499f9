// A charm that sets its status twenty times.

import { main, MaintenanceStatus, type Framework } from '@charmed/ops';
import { CharmBase } from './charm.gen.ts';

class ReconcileCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.updateStatus, this.#reconcile);
  }

  async #reconcile(): Promise<void> {
    for (let step = 1; step <= 20; step += 1) await this.unit.setStatus(new MaintenanceStatus(`step ${step}`));
  }
}

if (import.meta.main) await main(ReconcileCharm);
