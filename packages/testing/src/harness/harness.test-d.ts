// What a harness knows of its charm.

import { CharmBase } from '@charmed/ops';
import { Harness } from '../index.ts';

const meta = {
  name: 'web',
  requires: { db: { interface: 'sql' } },
  containers: { web: {} },
  config: { options: { port: { type: 'int', default: 8080 } } },
} as const;

class WebCharm extends CharmBase<typeof meta> {
  static readonly meta: typeof meta = meta;
  readonly seen: string | undefined;
}

const harness = new Harness(WebCharm);

export const seen: string | undefined = harness.charm.seen;
// @ts-expect-error: the charm has no such field
void harness.charm.heard;
export const port: number = (await harness.model.config()).port;
harness.model.unit.container('web');
// @ts-expect-error: no such container
harness.model.unit.container('sidecar');
// @ts-expect-error: no such endpoint
await harness.model.relations('cache');
// @ts-expect-error: a relation goes by the number that addRelation returns
await harness.removeRelation('db');
export const plain: Harness<typeof CharmBase> = new Harness(CharmBase, { meta: 'name: plain' });
