// What a service has last written, a line at a time, at most 100 KiB of it (canonical/pebble internals/servicelog).

import type { Clock } from './clock.ts';

export interface LogLine {
  readonly time: Date;
  readonly service: string;
  readonly message: string;
}

const capacity = 100 * 1024;
const maxLine = 4096;
const prefixSize = '2006-01-02T15:04:05.000Z [] '.length;
const newline = 10;

export class LogBuffer {
  readonly #service: string;
  readonly #clock: Clock;
  readonly #listeners = new Set<(line: LogLine) => void>();
  #lines: LogLine[] = [];
  #size = 0;
  #partial: Uint8Array[] = [];
  #partialSize = 0;

  constructor(service: string, clock: Clock) {
    this.#service = service;
    this.#clock = clock;
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const lineSize = this.#partialSize + at - start;
      if (chunk[at] !== newline && lineSize < maxLine) continue;
      this.#hold(chunk.subarray(start, at));
      this.#endLine();
      start = chunk[at] === newline ? at + 1 : at;
    }
    this.#hold(chunk.subarray(start));
  }

  /** Ends a line that was begun: its writer is gone. */
  flush(): void {
    if (this.#partialSize > 0) this.#endLine();
  }

  /** Oldest first. */
  lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Calls back with each line from now on, until the function that it returns is called. */
  follow(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#partial.push(Uint8Array.from(bytes));
    this.#partialSize += bytes.length;
  }

  #endLine(): void {
    const message = Buffer.concat(this.#partial).toString();
    this.#partial = [];
    this.#partialSize = 0;
    const line = { time: this.#clock.now(), service: this.#service, message };
    this.#lines.push(line);
    this.#size += this.#sizeOf(line);
    let drop = 0;
    for (; this.#size > capacity; drop++) this.#size -= this.#sizeOf(this.#lines[drop] ?? line);
    if (drop > 0) this.#lines = this.#lines.slice(drop);
    for (const listener of this.#listeners) listener(line);
  }

  #sizeOf({ message }: LogLine): number {
    return prefixSize + this.#service.length + Buffer.byteLength(message) + 1;
  }
}
