// What one log target is sent: the lines of its services, at the pace at which it takes them
// (canonical/pebble internals/overlord/logstate/gatherer.go).

import type { Clock, Timer } from './clock.ts';
import type { LogBuffer, LogLine } from './log-buffer.ts';
import type { Labels, LogClient } from './log-ports.ts';

/** A service that sends its lines here, from its buffer. */
export interface LogSource {
  readonly buffer: LogBuffer;
  readonly labels: Labels;
}

const maxLines = 100;
const flushAfterMs = 1000;

export class LogTarget {
  readonly #client: LogClient;
  readonly #clock: Clock;
  #sources: ReadonlyMap<string, LogSource> = new Map();
  /** How many lines of each service have been read. */
  readonly #read = new Map<string, number>();
  /** What was read and not taken yet. */
  #lines: LogLine[] = [];
  #readSinceFlush = 0;
  #timer: Timer | undefined;
  #isReading = false;
  #work: Promise<void> = Promise.resolve();

  constructor(client: LogClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Reads these from now on, each from the oldest line that it still has, as Pebble does with each new plan. What was read goes first. */
  follow(sources: ReadonlyMap<string, LogSource>): void {
    void this.flush();
    void this.#then(() => {
      this.#sources = sources;
      this.#read.clear();
    });
    this.wake();
  }

  /** Reads this one too. */
  add(name: string, source: LogSource): void {
    void this.#then(() => {
      this.#sources = new Map([...this.#sources, [name, source]]);
    });
  }

  /** There may be something to read. */
  wake(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    void this.#then(() => this.#readAll());
  }

  /** Sends what was read. What the target cannot take now is sent along with the next lines. */
  flush(): Promise<void> {
    return this.#then(() => this.#send());
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    this.wake();
    await this.flush();
    this.#timer?.cancel();
    this.#client.close();
  }

  // One after another: nothing is read while something is sent, so that a target which is slow is not flooded.
  #then(step: () => void | Promise<void>): Promise<void> {
    this.#work = this.#work.then(step);
    return this.#work;
  }

  async #readAll(): Promise<void> {
    this.#isReading = false;
    for (const [name, { buffer }] of this.#sources) {
      for (let next = buffer.after(this.#read.get(name) ?? 0); next !== undefined; next = buffer.after(next.position)) {
        this.#read.set(name, next.position);
        this.#add(next.line);
        if (this.#readSinceFlush >= maxLines) await this.#send();
      }
    }
    if (this.#readSinceFlush > 0) this.#timer ??= this.#clock.after(flushAfterMs, () => void this.flush());
  }

  // The oldest lines give way when nobody takes them.
  #add(line: LogLine): void {
    if (this.#lines.length >= maxLines) this.#lines.shift();
    this.#lines.push(line);
    this.#readSinceFlush++;
  }

  async #send(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#readSinceFlush = 0;
    if (this.#lines.length === 0) return;
    const sent = await this.#client.send(this.#lines, (service) => this.#sources.get(service)?.labels ?? {});
    this.#lines.splice(0, sent);
  }
}
