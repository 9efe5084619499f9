// Statuses that are collected at the end of each dispatch, by the charm and by a part of it.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  main,
  MaintenanceStatus,
  OpsObject,
  UnknownStatus,
  WaitingStatus,
  type AnyCharm,
  type CollectStatusEvent,
  type Framework,
} from '@charmed/ops';
import type { META } from './meta.ts';

class Checker extends OpsObject {
  readonly #charm: AnyCharm;

  constructor(charm: AnyCharm) {
    super(charm, 'checker');
    this.#charm = charm;
    this.observe(charm.on.collectUnitStatus, this.#onCollectUnitStatus);
  }

  async #onCollectUnitStatus(event: CollectStatusEvent): Promise<void> {
    const { level } = await this.#charm.config();
    if (level === 'waiting') event.addStatus(new WaitingStatus('for the checker'));
    event.addStatus(new ActiveStatus('checked'));
  }
}

class CollectStatusCharm extends CharmBase<typeof META> {
  readonly checker: Checker = new Checker(this);

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.collectUnitStatus, this.#onCollectUnitStatus);
    this.observe(this.on.collectAppStatus, this.#onCollectAppStatus);
    this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onConfigChanged(): Promise<void> {
    await this.unit.setStatus(new MaintenanceStatus('configuring'));
  }

  async #onCollectUnitStatus(event: CollectStatusEvent): Promise<void> {
    const { level } = await this.config();
    event.addStatus(new ActiveStatus('all is well'));
    if (level === 'blocked') {
      event.addStatus(new BlockedStatus('first'));
      event.addStatus(new BlockedStatus('second'));
      event.addStatus(new MaintenanceStatus('busy'));
    }
    if (level === 'wrong') event.addStatus(new UnknownStatus());
  }

  async #onCollectAppStatus(event: CollectStatusEvent): Promise<void> {
    const { level } = await this.config();
    if (level !== 'none') event.addStatus(new ActiveStatus(level));
  }
}

if (import.meta.main) await main(CollectStatusCharm);
