// What a hook prints on stderr is in the unit's log too, so it is where lines go that juju-log does not take.

import { writeSync } from 'node:fs';
import type { LogLevel } from '../log.ts';

export function logToStderr(level: LogLevel, message: string): void {
  writeLine(`${level} ${message}`);
}

/** At once, even if the process ends now. */
export function writeLine(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // closed, or nobody reads it
  }
}
