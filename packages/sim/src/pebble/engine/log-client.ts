// How lines are sent to a log target, by its type (canonical/pebble docs/how-to/forward-logs.md; internals/overlord/logstate).

import type { LogTargetConfig } from '@charmed/ops/internal';
import { httpLogClient, loki, otlp } from './log-http.ts';
import type { LogClient, LogSenders } from './log-ports.ts';
import { syslogClient } from './log-syslog.ts';

/** `undefined` for a target that cannot be reached, whatever happens. */
export function logClientOf({ type, location = '' }: LogTargetConfig, senders: LogSenders): LogClient | undefined {
  if (type === 'loki') return httpLogClient(loki, location, senders);
  if (type === 'opentelemetry') return httpLogClient(otlp, location, senders);
  return type === 'syslog' ? syslogClient(location, senders) : undefined;
}
