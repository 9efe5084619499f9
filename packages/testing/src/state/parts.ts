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
  const first = new Map<string | number, T>();
  const repeated = all.filter((part) => {
    const key = keyOf(part);
    if (!first.has(key)) return void first.set(key, part);
    return true;
  });
  if (repeated.length === 0) return all;
  return frozen(all.filter((part, index) => !all.slice(0, index).some((before) => before.equals(part))));
}
