// Lets a loop sleep until something happens. A notification while nobody waits is kept for who waits next.

export class WakeUp {
  #notified = false;
  #waiting: PromiseWithResolvers<void> | undefined;

  notify(): void {
    this.#notified = true;
    this.#waiting?.resolve();
  }

  /** Resolves after the next `notify`, or after `ms` milliseconds. */
  async wait(ms: number = Infinity): Promise<void> {
    if (!this.#notified) {
      this.#waiting = Promise.withResolvers();
      const timer = Number.isFinite(ms) ? setTimeout(this.#waiting.resolve, ms) : undefined;
      await this.#waiting.promise;
      clearTimeout(timer);
      this.#waiting = undefined;
    }
    this.#notified = false;
  }
}
