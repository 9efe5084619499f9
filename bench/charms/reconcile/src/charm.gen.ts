// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base } from '@charmed/ops';

export const meta = {
  name: "reconcile",
  title: "Reconcile",
  summary: "A machine charm that sets its status twenty times",
  description: "What twenty hook commands in one dispatch cost is measured with it.",
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
