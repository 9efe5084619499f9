// Results of an action that are no strings.

import { CharmBase, main, type ActionEvent, type Framework } from '@charmed/ops';

class ActionResultsCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.action('report'), this.#onReport);
  }

  async #onReport(event: ActionEvent): Promise<void> {
    await event.setResults({ yes: true, no: false, whole: 1, large: 1e21, count: 3 });
  }
}

if (import.meta.main) await main(ActionResultsCharm);
