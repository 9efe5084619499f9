// A workload container whose Pebble cannot be reached yet.

import { BlockedStatus, CharmBase, main, WaitingStatus, type Framework, type PebbleReadyEvent } from '@charmed/ops';
import { PebbleConnectionError } from '@charmed/ops/pebble';

class ContainersCharm extends CharmBase {
  readonly #container = this.unit.container('nowhere');

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('nowhere').pebbleReady, this.#onPebbleReady);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onPebbleReady(event: PebbleReadyEvent): Promise<void> {
    if (await event.workload.canConnect()) return;
    await this.unit.setStatus(new WaitingStatus(`for ${event.workload.name}`));
    event.defer();
  }

  async #onUpdateStatus(): Promise<void> {
    try {
      await this.#container.getServices();
    } catch (error) {
      if (!(error instanceof PebbleConnectionError)) throw error;
      await this.unit.setStatus(new BlockedStatus('no connection'));
    }
  }
}

if (import.meta.main) await main(ContainersCharm);
