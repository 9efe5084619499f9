// How lines leave, whatever the log target.

import type { LogLine } from './log-buffer.ts';

/** The labels of a service for a target. */
export type Labels = Readonly<Record<string, string>>;

export interface LogClient {
  /** Resolves with how many of the lines are done with, from the front: taken, or never to be taken. */
  send(lines: readonly LogLine[], labelsOf: (service: string) => Labels): Promise<number>;
  close(): void;
}

/** The ports through which lines leave. */
export interface LogSenders {
  readonly hostname: string;
  /** Resolves with the status of the answer; rejects when there is none. */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>;
  openSyslog(kind: 'tcp' | 'udp', host: string, port: number): SyslogSocket;
}

/** Connects when there is something to send, and stays connected. */
export interface SyslogSocket {
  /** Resolves with how many of the messages have left, from the front. */
  send(messages: readonly Uint8Array[]): Promise<number>;
  close(): void;
}
