// Made from charmcraft.yaml by `charmed types`. Do not edit: change charmcraft.yaml and run it again.

import { CharmBase as Base } from '@charmed/ops';

export const meta = {
  name: "deferring",
  title: "Deferring",
  summary: "A machine charm that defers as many events as it is told to",
  description: "What a long queue of deferred events costs is measured with it.",
} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
