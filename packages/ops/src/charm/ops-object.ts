// The parts of a charm: what libraries are made of.

import type { EventHost } from '../events/host.ts';
import { FrameworkObject } from '../framework/framework-object.ts';

/**
 * An object of the charm: it observes events, emits its own, and has state. The charm is one, and so is each part of it:
 *
 * ```ts
 * class Database extends OpsObject {
 *   constructor(charm: AnyCharm, endpoint: string) {
 *     super(charm, endpoint);
 *     this.observe(charm.on.relation(endpoint).changed, this.#onChanged);
 *   }
 * }
 * ```
 *
 * Its handle is that of its parent and its own key, `charm/db`: never the name of a class, so that renaming one orphans nothing.
 */
export class OpsObject extends FrameworkObject<EventHost> {}
