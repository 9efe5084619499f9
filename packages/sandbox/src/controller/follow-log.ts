// Reports the log, and what is added to it for as long as the client stays.

import type { LogParams } from './api.ts';
import type { Controller } from './controller.ts';
import type { LogLine } from './store.ts';

const BATCH = 1000;

export async function followLog(
  controller: Controller,
  { limit, follow, units }: LogParams,
  emit: (event: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(units.map((unit) => `unit-${unit.replace('/', '-')}`));
  let last = 0;
  const report = (count: number) => {
    for (const line of controller.logLines(last, count)) {
      if (wanted.size === 0 || wanted.has(line.entity)) emit(line);
      last = line.id;
    }
  };
  report(limit);
  if (!follow) return;
  for await (const _ of controller.changes(signal)) report(BATCH);
}
