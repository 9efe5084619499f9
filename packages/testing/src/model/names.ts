// Names that know the class of their charm, so that what is said of them is checked against its metadata.

import type { CharmClass, MetaSource } from '@charmed/ops';
import type { ConfigFields } from '../state/fields.ts';

declare const CHARM: unique symbol;

/** Name of an application, as `deploy` returns it. A plain text will do as well, and then nothing is known of the charm. */
export type ApplicationName<C extends CharmClass = CharmClass> = string & { readonly [CHARM]?: C };

/** Name of a unit, as `application` tells it. A plain text will do as well, and then nothing is known of the charm. */
export type UnitName<C extends CharmClass = CharmClass> = string & { readonly [CHARM]?: C };

/** Options to set; `null` resets one to its default. */
export type ConfigChangeFields<M extends MetaSource> = {
  readonly [K in keyof ConfigFields<M>]?: NonNullable<ConfigFields<M>[K]> | null;
};
