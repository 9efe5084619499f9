// Units and applications, given as such or by name.

import type { Application, Unit } from '@charmed/ops';

/** A unit, an application, or the name of either. */
export type Named = string | Unit | Application;

export function nameOf(named: Named): string {
  return typeof named === 'string' ? named : named.name;
}

/** The number of a unit of this application; `undefined` for another name. */
export function unitNumber(name: string, app: string): number | undefined {
  const number = name.startsWith(`${app}/`) ? name.slice(app.length + 1) : '';
  return /^\d+$/.test(number) ? Number(number) : undefined;
}
