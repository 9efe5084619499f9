// Runs the guestbook against the key-value store that it is related to.

import {
  ActiveStatus,
  BlockedStatus,
  MaintenanceStatus,
  main,
  WaitingStatus,
  type CollectStatusEvent,
  type Framework,
} from '@charmed/ops';
import { CharmBase, type ExportEvent } from './charm.gen.ts';
import { readEntries, storeUrl } from './store.ts';
import { guestbookLayer, PROGRAM, program, SERVICE } from './workload.ts';

export class GuestbookCharm extends CharmBase {
  #container = this.unit.container('guestbook');

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.container('guestbook').pebbleReady, this.#reconcile);
    this.observe(this.on.configChanged, this.#reconcile);
    this.observe(this.on.relation('kv').changed, this.#reconcile);
    this.observe(this.on.relation('kv').broken, this.#onStoreGone);
    this.observe(this.on.action('export'), this.#onExport);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  async #reconcile(): Promise<void> {
    const store = await this.#store();
    const { bindAddress } = await this.model.binding('kv');
    if (!store || !bindAddress || !(await this.#container.canConnect())) return;
    const { greeting, port } = await this.config();
    await this.#container.push(PROGRAM, program, { makeDirs: true });
    const layer = guestbookLayer({ address: bindAddress, port, greeting, store });
    await this.#container.addLayer(SERVICE, layer, { combine: true });
    await this.#container.replan();
    await this.unit.setPorts(port);
  }

  async #onStoreGone(): Promise<void> {
    if (!(await this.#container.canConnect())) return;
    if ((await this.#container.getServices(SERVICE)).has(SERVICE)) await this.#container.stop(SERVICE);
    await this.unit.setPorts();
  }

  async #onExport(event: ExportEvent): Promise<void> {
    const store = await this.#store();
    if (!store) return event.fail('there is no store: relate the guestbook to an application that provides kv');
    const entries = (await readEntries(store)).slice(0, event.params.limit);
    const text = event.params.format === 'json' ? JSON.stringify(entries) : entries.join('\n');
    await event.setResults({ count: entries.length, entries: text });
  }

  async #onCollectStatus(event: CollectStatusEvent): Promise<void> {
    if (!(await this.model.relation('kv'))) return event.addStatus(new BlockedStatus('needs a relation to a kv store'));
    if (!(await this.#store())) return event.addStatus(new WaitingStatus('waiting for the store'));
    if (!(await this.#container.canConnect())) return event.addStatus(new WaitingStatus('waiting for Pebble'));
    const running = (await this.#container.getServices(SERVICE)).get(SERVICE)?.isRunning;
    event.addStatus(running ? new ActiveStatus() : new MaintenanceStatus('starting the guestbook'));
  }

  async #store(): Promise<string | undefined> {
    const relation = await this.model.relation('kv');
    return relation && storeUrl(relation);
  }
}

if (import.meta.main) await main(GuestbookCharm);
