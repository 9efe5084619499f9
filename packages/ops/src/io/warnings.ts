// Node's warnings go to the unit's log, in the form in which ops writes Python's: `file:line: Category: text`.

import type { EventEmitter } from 'node:events';
import type { Logger } from '../log.ts';

/** @param source the process, whose own printing of warnings to stderr ends with this. */
export function captureWarnings(source: Pick<EventEmitter, 'on' | 'removeAllListeners'>, logger: Logger): void {
  source.removeAllListeners('warning');
  source.on('warning', (warning: Error & { readonly code?: string }) => {
    const code = warning.code ? `[${warning.code}] ` : '';
    logger.log('WARNING', `${placeOf(warning)}: ${warning.name}: ${code}${warning.message}`);
  });
}

const FRAME = /\(?((?:file:\/\/)?\/?[^\s()]+):(\d+):\d+\)?$/;

// The first frame that is not one of Node's own.
function placeOf(warning: Error): string {
  const frames = (warning.stack ?? '').split('\n').map((line) => FRAME.exec(line));
  const frame = frames.find((match) => match && !match[1]?.startsWith('node:'));
  return frame ? `${frame[1]}:${frame[2]}` : 'node';
}
