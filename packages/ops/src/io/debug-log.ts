// The log of a dispatch that someone watches: with JUJU_DEBUG every line is on stderr too, as ops writes it there.

import { JujuLog } from '../hookcmds/juju-log.ts';
import type { LogLevel } from '../log.ts';
import { writeLine } from './stderr.ts';

export class DebugLog extends JujuLog {
  override log(level: LogLevel, message: string): void {
    const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
    writeLine(`${time} ${level.padEnd(8)} ${message}`);
    super.log(level, message);
  }
}
