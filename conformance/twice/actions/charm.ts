// Actions: parameters, results, progress and every way to fail.

import { BlockedStatus, CharmBase, main, type ActionEvent, type Framework } from '@charmed/ops';

class ActionsCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.action('backup'), this.#onBackup);
    this.observe(this.on.action('fail'), this.#onFail);
    this.observe(this.on.action('crash'), this.#onCrash);
  }

  async #onBackup(event: ActionEvent): Promise<void> {
    const { compress, name } = event.params;
    await event.log(`compressing: ${compress === true ? 'True' : 'False'}`);
    await event.setResults({
      file: `${String(name)}.tar`,
      size: { bytes: 1024, parts: { first: 1000, last: 24 } },
      text: 'two\nlines=2',
    });
    await event.setResults({ done: 'yes', file: 'final.tar' });
  }

  async #onFail(event: ActionEvent): Promise<void> {
    await event.setResults({ tried: 1 });
    await event.fail('no disk: ü');
    await this.unit.setStatus(new BlockedStatus('after fail'));
    await event.log('still here');
  }

  async #onCrash(event: ActionEvent): Promise<void> {
    await event.setResults({ tried: 1 });
    throw new Error('broken');
  }
}

if (import.meta.main) await main(ActionsCharm);
