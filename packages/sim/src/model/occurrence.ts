// What happens to a unit from outside of the model: containers come up, and time passes.

import type { WorkloadEvent } from './event.ts';
import type { ModelState } from './state.ts';
import { patch, unitOf } from './update.ts';

/** A workload container's Pebble answers: pebble-ready is due. */
export function containerReady(state: ModelState, name: string, container: string): ModelState {
  const { readyContainers } = unitOf(state, name);
  if (readyContainers.includes(container)) return state;
  return patch(state, 'units', name, { readyContainers: [...readyContainers, container] });
}

/** A container's Pebble has something to tell the charm. */
export function workloadEvent(state: ModelState, name: string, event: WorkloadEvent): ModelState {
  const { workloadEvents = [] } = unitOf(state, name);
  return patch(state, 'units', name, { workloadEvents: [...workloadEvents, event] });
}

/** update-status runs when the unit has nothing else to do. Juju asks for it every 5 minutes. */
export function requestUpdateStatus(state: ModelState, name: string): ModelState {
  unitOf(state, name);
  return patch(state, 'units', name, { updateStatusDue: true });
}
