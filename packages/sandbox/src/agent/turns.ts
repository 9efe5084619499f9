// One command at a time over all connections, as in the real agent. Of those that wait, any but the oldest is next: Go's net/rpc does not
// keep the order of requests that are sent before the last one was answered, and whoever counts on it shall find out here.

export class Turns {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isRunning = false;

  /** @param work must not fail. */
  add(work: () => Promise<void>): void {
    this.#waiting.push(work);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await new Promise((resolve) => setImmediate(resolve)); // what was sent together has then arrived together
      const [work] = this.#waiting.splice(anyButTheFirst(this.#waiting.length), 1);
      await work?.();
    }
    this.#isRunning = false;
  }
}

function anyButTheFirst(count: number): number {
  return count < 2 ? 0 : 1 + Math.floor(Math.random() * (count - 1));
}
