// Relation data that is set to what it is already.

import { CharmBase, main, type Framework } from '@charmed/ops';

class UnchangedDataCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onUpdateStatus(): Promise<void> {
    const data = (await this.model.relation('db'))?.data(this.unit);
    await data?.set('host', 'a');
    await data?.set('host', 'a');
    await data?.update({ host: 'a' });
  }
}

if (import.meta.main) await main(UnchangedDataCharm);
