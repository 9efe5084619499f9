// The metadata of a charm's class.

import type { MetaSource } from '@charmed/ops';

/** As `charmed types` puts it there; loosely typed without. */
export type MetaOf<C> = C extends { readonly meta: infer M extends MetaSource } ? M : MetaSource;
