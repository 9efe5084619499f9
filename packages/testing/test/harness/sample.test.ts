import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, type Framework, type RelationChangedEvent } from '@charmed/ops';
import { Harness } from '../../src/index.ts';

const meta = { name: 'my-charm', requires: { db: { interface: 'sql' } } } as const;

class MyCharm extends CharmBase<typeof meta> {
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

test('a charm sees what the other side publishes', async () => {
  const harness = new Harness(MyCharm);
  // Do initial setup here
  const relationId = await harness.addRelation('db', 'postgresql');
  // Now instantiate the charm to see events as the model changes
  await harness.begin();
  await harness.addRelationUnit(relationId, 'postgresql/0');
  await harness.updateRelationData(relationId, 'postgresql/0', { key: 'val' });
  // Check that charm has properly handled the relation-joined event for postgresql/0
  assert.equal(harness.charm.seen, 'val');
});
