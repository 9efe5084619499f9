// Storage: attached, listed, asked for, detached; and its event deferred.

import {
  ActiveStatus,
  CharmBase,
  main,
  MaintenanceStatus,
  type Framework,
  type StorageAttachedEvent,
  type StorageDetachingEvent,
} from '@charmed/ops';
import type { META } from './meta.ts';

class StorageCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.storage('data').attached, this.#onAttached);
    this.observe(this.on.storage('data').detaching, this.#onDetaching);
    this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onAttached({ storage }: StorageAttachedEvent): Promise<void> {
    const location = await storage.location();
    await this.unit.setStatus(new ActiveStatus(`${storage.id} ${storage.index} at ${location}`));
  }

  async #onDetaching({ storage }: StorageDetachingEvent): Promise<void> {
    await this.unit.setStatus(new MaintenanceStatus(`without ${storage.id}`));
  }

  async #onConfigChanged(): Promise<void> {
    const ids = (await this.model.storages('data')).map(({ id }) => id).toSorted();
    await this.unit.setStatus(new ActiveStatus(`has ${ids[0]} of ${ids.length}`));
    await this.model.requestStorages('data', 2);
  }
}

if (import.meta.main) await main(StorageCharm);
