// The parts of a charm: what libraries are made of.

import type { EventHost } from '../events/host.ts';
import { reconcileEvent, type ReconcileEvent } from '../events/reconcile.ts';
import type { ObserveOptions } from '../framework/framework.ts';
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
export class OpsObject extends FrameworkObject<EventHost> {
  /**
   * Runs `handler` once in each dispatch in which something happened that it may depend on, after all other handlers: when the
   * configuration, a relation of any endpoint, a container, a secret, leadership, attached storage or the charm itself has changed, when
   * the unit starts, and at update-status.
   *
   * A reconciler reads what it needs and brings the workload to what that asks for, whatever the event.
   *
   * @throws OpsError `anonymous-handler` or `ambiguous-handler`, as `observe` does.
   */
  reconcile(handler: (this: this, event: ReconcileEvent) => void | Promise<void>, options: ObserveOptions = {}): void {
    this.observe(reconcileEvent, handler, options);
  }
}
