// The charm: it installs the workload, and sees to it that it runs as the configuration says.

import {
  ActiveStatus,
  BlockedStatus,
  MaintenanceStatus,
  main,
  type CollectStatusEvent,
  type Framework,
} from '@charmed/ops';
import { CharmBase } from './charm.gen.ts'; // made from charmcraft.yaml by `charmed types`
import { Workload } from './workload.ts';

export class MyCharm extends CharmBase {
  #workload = new Workload(this.charmDir);

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.install, this.#onInstall);
    this.observe(this.on.upgradeCharm, this.#onInstall);
    this.observe(this.on.start, this.#reconcile);
    this.observe(this.on.configChanged, this.#reconcile);
    this.observe(this.on.updateStatus, this.#reconcile);
    this.observe(this.on.stop, this.#onStop);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #onInstall(): Promise<void> {
    await this.unit.setStatus(new MaintenanceStatus('installing the workload'));
    const version = await this.#workload.install();
    await this.unit.setWorkloadVersion(version);
  }

  // One handler for all of them: it looks at how things are, not at what happened, and may run any number of times.
  async #reconcile(): Promise<void> {
    const { bindAddress } = await this.model.binding('juju-info');
    if (!bindAddress) return;
    const { port } = await this.config();
    await this.#workload.run(bindAddress, port);
    await this.unit.setPorts(port);
  }

  async #onStop(): Promise<void> {
    await this.#workload.stop();
  }

  // Runs at the end of every event. Of the statuses that are added, Juju shows the most urgent.
  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    if (!(await this.#workload.isRunning())) event.addStatus(new BlockedStatus('the workload does not run'));
    event.addStatus(new ActiveStatus());
  }
}

if (import.meta.main) await main(MyCharm);
