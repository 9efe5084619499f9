// A value with several fields and characters beyond ASCII, saved as JSON.

import { CharmBase, main, type Framework, type RelationCreatedEvent } from '@charmed/ops';

class RelationSaveCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').created, this.#onCreated);
  }

  async #onCreated({ relation }: RelationCreatedEvent): Promise<void> {
    await relation.save({ user: 'ü', roles: ['reader', 'writer'] }, this.app);
  }
}

if (import.meta.main) await main(RelationSaveCharm);
