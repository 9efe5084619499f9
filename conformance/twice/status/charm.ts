// Statuses of unit and application: set, read back, carried from one dispatch to the next.

import { ActiveStatus, CharmBase, main, StatusBase, type Framework, type StatusName } from '@charmed/ops';
import type { META } from './meta.ts';

class StatusCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onConfigChanged(): Promise<void> {
    const before = await this.unit.status();
    const level = (await this.config()).level as StatusName;
    const message = `after ${before.name}: ${before.message}`;
    await this.unit.setStatus(StatusBase.fromName(level, message));
    await this.app.setStatus(StatusBase.fromName(level, ''));
    const { name, message: now } = await this.unit.status();
    if (name === level && now === message) await this.app.setStatus(new ActiveStatus(`unit is ${name}`));
  }

  async #onUpdateStatus(): Promise<void> {
    const { name, message } = await this.app.status();
    await this.unit.setStatus(StatusBase.fromName(name, `as the app: ${message}`));
    await this.app.setStatus(new ActiveStatus("-- two  spaces, a 'quote' and\na line"));
  }
}

if (import.meta.main) await main(StatusCharm);
