// Lists of parts. As in Scenario they are sets: a part that equals one before it is left out.

import { StateValidationError } from './errors.ts';
import { frozen, type Value } from './value.ts';

/** @throws StateValidationError when it is no list. */
export function list<T>(name: string, given: readonly T[] = []): readonly T[] {
  if (Array.isArray(given)) return frozen(given);
  throw new StateValidationError(`cannot take ${name}: expected a list, got ${typeof given}`);
}

/** @param keyOf what two parts that are equal have in common, so that few are compared. @throws StateValidationError when it is no list. */
export function parts<T extends Value>(
  name: string,
  given: readonly T[] | undefined,
  keyOf: (part: T) => string | number,
): readonly T[] {
  const all = list(name, given);
  if (all.length < 2 || known.has(all)) return all;
  const keys = new Set(all.map(keyOf));
  const distinct =
    keys.size === all.length
      ? all
      : frozen(all.filter((part, index) => !all.slice(0, index).some((before) => before.equals(part))));
  known.add(distinct);
  return distinct;
}

/** Lists that were looked through already. */
const known = new WeakSet();
