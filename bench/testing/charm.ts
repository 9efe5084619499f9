// The same charm as context_run.py has.

import { ActiveStatus, CharmBase, type Framework, type RelationChangedEvent } from '@charmed/ops';

const meta = { name: 'web', requires: { db: { interface: 'sql' } } } as const;

export class BenchCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#onChanged);
  }

  async #onChanged({ relation, app }: RelationChangedEvent): Promise<void> {
    await this.unit.setStatus(new ActiveStatus((await relation.data(app).get('url')) ?? ''));
  }
}
