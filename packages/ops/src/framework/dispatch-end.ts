// The end of the dispatch, as a signal that is made when somebody asks for it: few handlers do, and the class takes time to load.

export class DispatchEnd {
  #controller: AbortController | undefined;
  #hasCome = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#hasCome) this.#controller.abort();
    return this.#controller.signal;
  }

  come(): void {
    this.#hasCome = true;
    this.#controller?.abort();
  }
}
