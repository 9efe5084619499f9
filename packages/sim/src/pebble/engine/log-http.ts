// Lines in the forms of Loki and OpenTelemetry (canonical/pebble internals/overlord/logstate/loki and opentelemetry).

import type { LogLine } from './log-buffer.ts';
import type { Labels, LogClient, LogSenders } from './log-ports.ts';

interface Protocol {
  readonly path: string;
  readonly contentType: string;
  encode(lines: readonly LogLine[], labelsOf: (service: string) => Labels): object;
}

const userAgent = 'pebble/v1.32.1';

export function httpLogClient(protocol: Protocol, location: string, { post }: LogSenders): LogClient {
  const { path, contentType, encode } = protocol;
  return {
    async send(lines, labelsOf) {
      const body = JSON.stringify(encode(lines, labelsOf));
      const headers = { 'Content-Type': contentType, 'User-Agent': userAgent };
      const status = await post(location + path, headers, body).catch(() => 0);
      const isTaken = status === 200 || status === 204;
      const isRefused = status >= 400 && status < 500 && status !== 429;
      return isTaken || isRefused ? lines.length : 0;
    },
    close: () => undefined,
  };
}

export const loki: Protocol = {
  path: '',
  contentType: 'application/json; charset=utf-8',
  encode: (lines, labelsOf) => ({
    streams: byService(lines).map(([service, own]) => ({
      stream: sorted({ ...labelsOf(service), pebble_service: service }),
      values: own.map(({ time, message }) => [nanoseconds(time), message]),
    })),
  }),
};

export const otlp: Protocol = {
  path: '/v1/logs',
  contentType: 'application/json',
  encode: (lines, labelsOf) => ({
    resourceLogs: byService(lines).map(([service, own]) => ({
      resource: { attributes: attributes({ 'service.name': service, ...sorted(labelsOf(service)) }) },
      scopeLogs: [
        {
          scope: { name: 'pebble' },
          logRecords: own.map(({ time, message }) => ({
            timeUnixNano: nanoseconds(time),
            body: { stringValue: message },
          })),
        },
      ],
    })),
  }),
};

function byService(lines: readonly LogLine[]): [string, LogLine[]][] {
  return [...Map.groupBy(lines, ({ service }) => service)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function attributes(labels: Readonly<Record<string, string>>): object[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function nanoseconds(time: Date): string {
  return `${time.getTime()}000000`;
}
