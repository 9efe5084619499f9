// What is wrong with a layer or a plan, in Pebble's own words (canonical/pebble internals/plan/plan.go) and with the place.

import { OpsError } from '../../errors.ts';

/** Keys and indexes from the top of the layer, such as `['services', 'web', 'after', '0']`. */
export type Path = readonly string[];

/** Both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Fault {
  readonly path: Path;
  /** In Pebble's words. */
  readonly reason: string;
  /** In the text that was read, if it is known. */
  readonly position?: Position;
}

/** `message` is what Pebble answers. */
export class LayerError extends OpsError {
  /** At least one. */
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[]) {
    super('bad-layer', message);
    this.faults = faults;
  }
}

/** An error with one place. */
export function layerError(message: string, ...path: Path): LayerError {
  return new LayerError(message, [{ path, reason: message }]);
}
