// Runs the key-value store and tells related applications where it is.

import {
  ActiveStatus,
  MaintenanceStatus,
  main,
  WaitingStatus,
  type CollectStatusEvent,
  type Framework,
} from '@charmed/ops';
import { CharmBase } from './charm.gen.ts';
import { FILE, kvLayer, PROGRAM, program } from './workload.ts';

export class KvCharm extends CharmBase {
  #container = this.unit.container('kv');

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('kv').pebbleReady, this.#reconcile);
    this.observe(this.on.configChanged, this.#reconcile);
    this.observe(this.on.relation('kv').created, this.#reconcile);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #reconcile(): Promise<void> {
    if (!(await this.#container.canConnect())) return;
    const { port } = await this.config();
    const { bindAddress, ingressAddress } = await this.model.binding('kv');
    if (!bindAddress || !ingressAddress) return;
    await this.#container.push(PROGRAM, program, { makeDirs: true });
    await this.#container.makeDir(FILE.replace(/\/[^/]*$/, ''), { makeParents: true });
    await this.#container.addLayer('kv', kvLayer(bindAddress, port), { combine: true });
    await this.#container.replan();
    await this.unit.setPorts(port);
    for (const relation of await this.model.relations('kv')) {
      await relation.save({ url: `http://${ingressAddress}:${port}` }, this.unit);
    }
  }

  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    if (!(await this.#container.canConnect())) return event.addStatus(new WaitingStatus('waiting for Pebble'));
    const running = (await this.#container.getServices('kv')).get('kv')?.isRunning;
    event.addStatus(running ? new ActiveStatus() : new MaintenanceStatus('starting the store'));
  }
}

if (import.meta.main) await main(KvCharm);
