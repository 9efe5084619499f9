// Notes what a handler read of the world: it may change, and then the handler should run again.

import { currentScope, type Read } from './scope.ts';

/** Notes that the current handler has read something. */
export function noteRead(what: Read['what'], name = ''): void {
  currentScope()?.reads.set(`${what} ${name}`, { what, name });
}
