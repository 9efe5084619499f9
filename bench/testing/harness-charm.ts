// The same charm as harness_run.py has.

import { CharmBase, type Framework, type RelationChangedEvent } from '@charmed/ops';

const meta = { name: 'web', requires: { db: { interface: 'sql' } } } as const;

export class HarnessCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  seen: string | undefined;

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('db').changed, this.#onChanged);
  }

  async #onChanged({ relation, unit }: RelationChangedEvent): Promise<void> {
    if (unit) this.seen = await relation.data(unit).get('key');
  }
}
