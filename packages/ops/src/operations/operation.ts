// A promise that knows whether anyone looked at its result. Everything the charm asks of the world is one, so that a forgotten
// `await` is found when the handler ends.

/** A unit of work that crosses the process boundary. Await it. */
export class Operation<T> extends Promise<T> {
  observed = false;

  // Promises derived from this one (`op.then(...)`) are plain: only the operation itself is accounted for.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- noting who looks at the result is what this class is for
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.observed = true;
    return super.then(onFulfilled, onRejected);
  }

  /** Lets the scope wait for the end of the operation without counting as a look at its result. */
  settled(): Promise<{ readonly error: unknown } | undefined> {
    return super.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  }
}
