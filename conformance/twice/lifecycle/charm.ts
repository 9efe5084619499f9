// Every event of a unit's life, the configuration in all its types, the workload's version and ports.

import {
  ActiveStatus,
  CharmBase,
  main,
  MaintenanceStatus,
  type ConfigChangedEvent,
  type EventBase,
  type Framework,
} from '@charmed/ops';
import type { META } from './meta.ts';

class LifecycleCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    const { install, start, leaderElected, updateStatus, upgradeCharm, stop, remove } = this.on;
    for (const event of [install, start, leaderElected, updateStatus, upgradeCharm, stop, remove]) {
      this.observe(event, this.#onAny);
    }
    this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onAny(event: EventBase): Promise<void> {
    await this.unit.setStatus(new MaintenanceStatus(event.constructor.name));
  }

  async #onConfigChanged(_event: ConfigChangedEvent): Promise<void> {
    const { name, port, ratio, debug } = await this.config();
    await this.unit.setWorkloadVersion(`${name} 1.0`);
    await this.unit.setPorts(port, { protocol: 'udp', port: 53 });
    const mode = debug ? 'debug' : 'quiet';
    await this.unit.setStatus(new ActiveStatus(`${name}:${port} ${ratio.toFixed(2)} ${mode}`));
  }
}

if (import.meta.main) await main(LifecycleCharm);
