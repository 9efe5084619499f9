// How lines are sent to one log target (canonical/pebble docs/how-to/forward-logs.md; internals/overlord/logstate).

import type { LogTargetConfig } from '@charmed/ops/internal';
import type { Clock, Timer } from './clock.ts';
import type { LogLine } from './log-buffer.ts';

/** The port through which lines leave. Resolves with the status of the answer; rejects when there is none. */
export type LogSender = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

/** The labels of a service for a target. */
export type Labels = (service: string) => Readonly<Record<string, string>>;

interface Protocol {
  readonly path: string;
  readonly contentType: string;
  encode(lines: readonly LogLine[], labels: Labels): object;
}

const maxLines = 100;
const flushAfterMs = 1000;
const userAgent = 'pebble/v1.32.1';

export class LogTarget {
  readonly #protocol: Protocol;
  readonly #url: string;
  readonly #labels: Labels;
  readonly #send: LogSender;
  readonly #clock: Clock;
  #lines: LogLine[] = [];
  #timer: Timer | undefined;
  #sending: Promise<void> = Promise.resolve();

  /** `undefined` for a target of a type that is not known here. */
  static of(config: LogTargetConfig, labels: Labels, send: LogSender, clock: Clock): LogTarget | undefined {
    const protocol = protocols[config.type ?? ''];
    return protocol && new LogTarget(protocol, config.location ?? '', labels, send, clock);
  }

  private constructor(protocol: Protocol, location: string, labels: Labels, send: LogSender, clock: Clock) {
    this.#protocol = protocol;
    this.#url = location + protocol.path;
    this.#labels = labels;
    this.#send = send;
    this.#clock = clock;
  }

  /** The oldest lines give way when nobody takes them. */
  add(line: LogLine): void {
    if (this.#lines.length >= maxLines) this.#lines.shift();
    this.#lines.push(line);
    if (this.#lines.length >= maxLines) void this.flush();
    else this.#timer ??= this.#clock.after(flushAfterMs, () => void this.flush());
  }

  /** Sends what there is. What the target cannot take now is sent along with the next lines. */
  flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#sending = this.#sending.then(() => this.#sendLines());
    return this.#sending;
  }

  async #sendLines(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return;
    const body = JSON.stringify(this.#protocol.encode(lines, this.#labels));
    const headers = { 'Content-Type': this.#protocol.contentType, 'User-Agent': userAgent };
    const status = await this.#send(this.#url, headers, body).catch(() => 0);
    const isTaken = status === 200 || status === 204;
    const isRefused = status >= 400 && status < 500 && status !== 429;
    if (isTaken || isRefused) this.#lines = this.#lines.filter((line) => !lines.includes(line));
  }
}

const loki: Protocol = {
  path: '',
  contentType: 'application/json; charset=utf-8',
  encode: (lines, labels) => ({
    streams: byService(lines).map(([service, own]) => ({
      stream: sorted({ ...labels(service), pebble_service: service }),
      values: own.map(({ time, message }) => [nanoseconds(time), message]),
    })),
  }),
};

const otlp: Protocol = {
  path: '/v1/logs',
  contentType: 'application/json',
  encode: (lines, labels) => ({
    resourceLogs: byService(lines).map(([service, own]) => ({
      resource: { attributes: attributes({ 'service.name': service, ...sorted(labels(service)) }) },
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

const protocols: Readonly<Record<string, Protocol>> = { loki, opentelemetry: otlp };

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
