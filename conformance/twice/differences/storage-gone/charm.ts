// An event about a storage, deferred until the storage is gone.

import { CharmBase, main, MaintenanceStatus, type Framework, type StorageDetachingEvent } from '@charmed/ops';
import type { META } from './meta.ts';

class StorageGoneCharm extends CharmBase<typeof META> {
  readonly #stored = this.storedState({ tries: 0 });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.storage('data').detaching, this.#onDetaching);
  }

  async #onDetaching(event: StorageDetachingEvent): Promise<void> {
    this.#stored.tries += 1;
    if (this.#stored.tries === 1) event.defer();
    const { id } = event.storage;
    await this.unit.setStatus(new MaintenanceStatus(`${id} was at ${await event.storage.location()}`));
  }
}

if (import.meta.main) await main(StorageGoneCharm);
