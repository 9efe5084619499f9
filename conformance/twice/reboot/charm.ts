// A machine that is rebooted when the hook has ended.

import { ActiveStatus, CharmBase, main, MaintenanceStatus, type Framework } from '@charmed/ops';

class RebootCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
    this.observe(this.on.start, this.#onStart);
  }

  async #onUpdateStatus(): Promise<void> {
    await this.unit.reboot();
    await this.unit.setStatus(new MaintenanceStatus('going down'));
  }

  async #onStart(): Promise<void> {
    await this.unit.setStatus(new ActiveStatus('up again'));
  }
}

if (import.meta.main) await main(RebootCharm);
