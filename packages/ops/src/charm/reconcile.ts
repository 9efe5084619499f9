// The stage of a dispatch in which reconcilers run: once, after all other handlers, if something happened that they may depend on.

import { reconcileEvent } from '../events/reconcile.ts';
import type { CharmFramework } from './charm-base.ts';

/**
 * What a reconciler reads may have changed with these: configuration, relations of every endpoint, containers, secrets, leadership,
 * storage, the charm itself; and update-status comes in time if anything was missed. Left out is what needs a handler of its own, because it
 * cannot wait or is about one thing: install (config-changed and start follow it), stop, remove, actions, storage-detaching, custom notices,
 * and the events of secrets that this charm owns.
 */
const REASONS: readonly RegExp[] = [
  /^(start|config-changed|upgrade-charm|leader-elected|secret-changed|update-status)$/,
  /-relation-(created|joined|changed|departed|broken)$/,
  /-pebble-(ready|check-failed|check-recovered)$/,
  /-storage-attached$/,
];

/** Whether reconcilers run when an event of this kind is dispatched. */
export function isReason(kind: string): boolean {
  return REASONS.some((reason) => reason.test(kind));
}

/** @param kind of the event that Juju has dispatched. */
export async function reconcile(framework: CharmFramework, kind: string): Promise<void> {
  if (isReason(kind)) await framework.emit(reconcileEvent, { cause: kind });
}
