// The names of signals, with their SIG.

import { constants } from 'node:os';

export function isSignal(name: string): name is NodeJS.Signals {
  return Object.hasOwn(constants.signals, name);
}
