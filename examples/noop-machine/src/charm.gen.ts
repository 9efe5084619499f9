// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base } from '@charmed/ops';

export const meta = {
  name: "noop-machine",
  title: "No-op",
  summary: "A machine charm that does nothing",
  description: "The smallest charm there is: it has no workload, and is active once it has started. What a dispatch costs is measured with it.\n",
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
