// `console.*` goes to the unit's log while a charm runs: whatever a library prints is then found where operators look.

import { format, inspect, type InspectOptions } from 'node:util';
import type { Logger, LogLevel } from '../log.ts';

/** The level of each method's lines. */
export const CONSOLE_LEVELS: Readonly<Record<'debug' | 'log' | 'info' | 'warn' | 'error' | 'trace', LogLevel>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

export function captureConsole(target: Console, logger: Logger): void {
  for (const [method, level] of Object.entries(CONSOLE_LEVELS)) {
    Object.assign(target, { [method]: (...args: unknown[]) => logger.log(level, format(...args)) });
  }
  // The others print by one of these, but for two.
  target.dir = (value: unknown, options?: InspectOptions) =>
    logger.log(CONSOLE_LEVELS.log, inspect(value, { customInspect: false, ...options }));
  target.dirxml = target.log;
}
