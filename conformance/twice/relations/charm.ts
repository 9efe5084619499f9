// A requirer: it reads and writes settings of units and applications in all five relation events.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  main,
  MaintenanceStatus,
  WaitingStatus,
  type Framework,
  type RelationBrokenEvent,
  type RelationChangedEvent,
  type RelationCreatedEvent,
  type RelationDepartedEvent,
  type RelationJoinedEvent,
} from '@charmed/ops';

class RelationsCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    const { created, joined, changed, departed, broken } = this.on.relation('db');
    this.observe(created, this.#onCreated);
    this.observe(joined, this.#onJoined);
    this.observe(changed, this.#onChanged);
    this.observe(departed, this.#onDeparted);
    this.observe(broken, this.#onBroken);
  }

  async #onCreated({ app, relation }: RelationCreatedEvent): Promise<void> {
    await relation.data(this.app).update({ database: 'web', extra: 'ünï' });
    await this.unit.setStatus(new WaitingStatus(`${app.name} has ${relation.units.length} units`));
  }

  async #onJoined({ relation, unit }: RelationJoinedEvent): Promise<void> {
    const settings = relation.data(this.unit);
    await settings.set('for', unit.name);
    await settings.set('address', (await settings.get('ingress-address')) ?? '');
  }

  async #onChanged({ app, relation, unit }: RelationChangedEvent): Promise<void> {
    if (unit === undefined) {
      const url = (await relation.data(app).get('url')) ?? 'none';
      await this.unit.setStatus(new ActiveStatus(url));
      return;
    }
    const remote = await relation.data(unit).all();
    await relation.data(this.unit).update({ seen: Object.keys(remote).toSorted().join(','), for: '' });
    if ('obsolete' in remote) await relation.data(this.app).delete('extra');
  }

  async #onDeparted({ relation, unit, departingUnit }: RelationDepartedEvent): Promise<void> {
    const left = pythonList(relation.units.map(({ name }) => `'${name}'`).toSorted());
    await this.unit.setStatus(new MaintenanceStatus(`${unit.name} went with ${departingUnit?.name}, left: ${left}`));
  }

  async #onBroken({ app }: RelationBrokenEvent): Promise<void> {
    const active = pythonList((await this.model.relations('db')).map(({ id }) => String(id)));
    await this.unit.setStatus(new BlockedStatus(`${app.name} is gone, left: ${active}`));
  }
}

function pythonList(words: readonly string[]): string {
  return `[${words.join(', ')}]`;
}

if (import.meta.main) await main(RelationsCharm);
