// A handler that does not observe its event in each dispatch, and defers it.

import { ActiveStatus, CharmBase, main, type ConfigChangedEvent, type Framework } from '@charmed/ops';
import type { META } from './meta.ts';

class UnobservedCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    if (this.juju.hookName !== 'update-status') this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onConfigChanged(event: ConfigChangedEvent): Promise<void> {
    const { port } = await this.config();
    await this.unit.setStatus(new ActiveStatus(`port ${port}`));
    if (port === 2) event.defer();
  }
}

if (import.meta.main) await main(UnobservedCharm);
