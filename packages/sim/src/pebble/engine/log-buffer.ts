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
  /** The first `#dropped` of them are kept no longer. */
  #lines: LogLine[] = [];
  #dropped = 0;
  /** How many there were before the first of them. */
  #forgotten = 0;
  #size = 0;
  #partial: Uint8Array[] = [];
  #partialSize = 0;
  #begun: Date = new Date(0);

  constructor(service: string, clock: Clock) {
    this.#service = service;
    this.#clock = clock;
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length) {
      const room = start + maxLine - this.#partialSize;
      const end = chunk.indexOf(newline, start);
      if (end >= 0 && end <= room) {
        this.#hold(chunk.subarray(start, end));
        this.#endLine();
        start = end + 1;
      } else {
        this.#hold(chunk.subarray(start, room));
        start = room;
        if (start < chunk.length) this.#endLine();
      }
    }
  }

  /** Ends a line that was begun: its writer is gone. */
  flush(): void {
    if (this.#partialSize > 0) this.#endLine();
  }

  /** Oldest first; the last one may still be going on. */
  lines(): readonly LogLine[] {
    const kept = this.#lines.slice(this.#dropped);
    return this.#partialSize > 0 ? [...kept, this.#line()] : kept;
  }

  /** The oldest line that is still there of those behind the first so many that were ended, and how many it is the last of. */
  after(position: number): { readonly line: LogLine; readonly position: number } | undefined {
    const index = Math.max(position - this.#forgotten, this.#dropped);
    const line = this.#lines[index];
    return line && { line, position: this.#forgotten + index + 1 };
  }

  /** Calls back with each line from now on, until the function that it returns is called. */
  follow(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#partialSize === 0) this.#begun = this.#clock.now();
    this.#partial.push(Uint8Array.from(bytes));
    this.#partialSize += bytes.length;
  }

  #line(): LogLine {
    const time = this.#partialSize > 0 ? this.#begun : this.#clock.now();
    return { time, service: this.#service, message: Buffer.concat(this.#partial).toString() };
  }

  #endLine(): void {
    const line = this.#line();
    this.#partial = [];
    this.#partialSize = 0;
    this.#lines.push(line);
    this.#size += this.#sizeOf(line);
    for (; this.#size > capacity; this.#dropped++) this.#size -= this.#sizeOf(this.#lines[this.#dropped] ?? line);
    // Not with each line: that would make a flood of short lines cost the square of their number.
    if (this.#dropped > this.#lines.length / 2) {
      this.#lines = this.#lines.slice(this.#dropped);
      this.#forgotten += this.#dropped;
      this.#dropped = 0;
    }
    for (const listener of this.#listeners) listener(line);
  }

  #sizeOf({ message }: LogLine): number {
    return prefixSize + this.#service.length + Buffer.byteLength(message) + 1;
  }
}
