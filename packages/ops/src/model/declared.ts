// What a charm asks for by name has to be in its metadata.

import { ModelError } from '../errors.ts';

type Declared = 'container' | 'endpoint' | 'resource' | 'storage';

/** @throws ModelError `unknown-container` and the like, which names what there is. */
export function requireDeclared(declared: ReadonlyMap<string, unknown>, what: Declared, name: string): void {
  if (declared.has(name)) return;
  const known = [...declared.keys()].join(', ') || 'none';
  throw new ModelError(`unknown-${what}`, `cannot find ${what} ${name}: the charm declares ${known}`);
}
