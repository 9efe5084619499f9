// Reports the log, and what is added to it for as long as the client stays.

import type { LogParams } from './api.ts';
import type { Controller } from './controller.ts';
import type { LogLine } from './store.ts';

/** However many come at once. */
const ALL = Number.MAX_SAFE_INTEGER;

export async function followLog(
  controller: Controller,
  { limit, follow, units }: LogParams,
  emit: (event: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const entities = units.map(entityOf);
  let last = 0;
  const report = (count: number) => {
    for (const line of controller.logLines(last, count, entities)) {
      emit(line);
      last = line.id;
    }
  };
  report(limit);
  if (!follow) return;
  for await (const _ of controller.changes(signal)) report(ALL);
}

// Juju takes a unit's name as well as the name that it has in the log.
function entityOf(unit: string): string {
  return unit.includes('/') ? `unit-${unit.replace('/', '-')}` : unit;
}
