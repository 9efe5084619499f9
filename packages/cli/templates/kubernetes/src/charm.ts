// The charm: whenever something has changed, it tells Pebble what the workload should be.

import {
  ActiveStatus,
  MaintenanceStatus,
  main,
  WaitingStatus,
  type CollectStatusEvent,
  type Framework,
} from '@charmed/ops';
import { CharmBase } from './charm.gen.ts'; // made from charmcraft.yaml by `charmed types`
import { CHECK, layerFor, PROGRAM, program, versionOf } from './workload.ts';

export class MyCharm extends CharmBase {
  #container = this.unit.container('workload');

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('workload').pebbleReady, this.#reconcile);
    this.observe(this.on.configChanged, this.#reconcile);
    this.observe(this.on.upgradeCharm, this.#reconcile);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  // One handler for all of them: it looks at how things are, not at what happened, and may run any number of times.
  async #reconcile(): Promise<void> {
    const { bindAddress } = await this.model.binding('juju-info');
    if (!bindAddress || !(await this.#container.canConnect())) return; // pebble-ready is still to come
    const { port } = await this.config();
    await this.#container.push(PROGRAM, program, { makeDirs: true });
    await this.#container.addLayer('my-charm', layerFor(bindAddress, port), { combine: true });
    await this.#container.replan();
    await this.unit.setPorts(port);
    await this.unit.setWorkloadVersion(await versionOf(this.#container));
  }

  // Runs at the end of every event. Of the statuses that are added, Juju shows the most urgent.
  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    if (!(await this.#container.canConnect())) return event.addStatus(new WaitingStatus('waiting for Pebble'));
    const check = (await this.#container.getChecks()).get(CHECK);
    if (!check) event.addStatus(new MaintenanceStatus('starting the workload'));
    else if (check.status !== 'up') event.addStatus(new MaintenanceStatus('the workload does not answer'));
    event.addStatus(new ActiveStatus());
  }
}

if (import.meta.main) await main(MyCharm);
