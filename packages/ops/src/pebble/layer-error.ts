// Layers and plans that Pebble would refuse.

import { PebbleError } from './errors.ts';
import type { Fault, LayerError, Path } from './layers/layer-error.ts';

/** One thing that is wrong with a layer or plan. */
export interface LayerProblem {
  /** Such as `services.web.override`; '' for the whole. */
  readonly place: string;
  /** In Pebble's own words. */
  readonly reason: string;
  /** In the text, counted from 1; `undefined` for a value of a program. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** A layer or plan breaks a rule of Pebble's layer specification. The message names all places. */
export class PebbleLayerError extends PebbleError {
  /** At least one; rules that only a whole layer or plan can keep are looked at when all else is well. */
  readonly problems: readonly LayerProblem[];

  constructor(what: string, error: LayerError) {
    const problems = error.faults.map(problemOf);
    super('bad-layer', `cannot use ${what}: ${problems.map(show).join('; ')}`);
    this.problems = problems;
  }
}

function problemOf({ path, reason, position }: Fault): LayerProblem {
  return { place: showPath(path), reason, line: position?.line, column: position?.column };
}

function show({ place, reason, line, column }: LayerProblem): string {
  const where = line === undefined ? '' : `line ${line}, column ${column}`;
  const shown = place !== '' && where !== '' ? `${place} (${where})` : `${place}${where}`;
  return shown === '' ? reason : `${shown}: ${reason}`;
}

function showPath(path: Path): string {
  return path.map((key, index) => showKey(key, index === 0)).join('');
}

function showKey(key: string, isFirst: boolean): string {
  if (/^\d+$/.test(key)) return `[${key}]`;
  if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return isFirst ? key : `.${key}`;
}
