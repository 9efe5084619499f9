// The port that messages for the unit's log go through. Levels are Juju's.

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** Takes messages in order and never fails: a log line must not break the hook that it tells about. */
export interface Logger {
  log(level: LogLevel, message: string): void;
}
