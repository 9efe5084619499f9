// Peers, and what only the leader may do.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  main,
  OpsError,
  WaitingStatus,
  type Framework,
  type RelationChangedEvent,
} from '@charmed/ops';

class LeadershipCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.leaderElected, this.#onLeaderElected);
    this.observe(this.on.relation('peers').changed, this.#onPeersChanged);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  async #onLeaderElected(): Promise<void> {
    const peers = await this.model.relation('peers');
    if (!peers) return;
    await peers.data(this.app).set('leader', this.unit.name);
    await this.app.setStatus(new ActiveStatus(`led by ${this.unit.name}`));
  }

  async #onPeersChanged({ app, relation }: RelationChangedEvent): Promise<void> {
    const leader = (await relation.data(app).get('leader')) ?? 'nobody';
    await this.unit.setStatus(new ActiveStatus(`${leader} leads`));
  }

  async #onConfigChanged(): Promise<void> {
    const peers = await this.model.relation('peers');
    const others = peers?.units.map(({ name }) => name).toSorted() ?? [];
    await peers?.data(this.unit).set('others', others.join(','));
    if (await this.unit.isLeader()) await this.app.setStatus(new WaitingStatus('configuring'));
  }

  async #onUpdateStatus(): Promise<void> {
    try {
      await this.app.setStatus(new ActiveStatus('mine'));
    } catch (error) {
      if (!(error instanceof OpsError && error.code === 'not-leader')) throw error;
      await this.unit.setStatus(new BlockedStatus('not the leader'));
    }
    await (await this.model.relation('peers'))?.data(this.app).set('by', this.unit.name);
  }
}

if (import.meta.main) await main(LeadershipCharm);
