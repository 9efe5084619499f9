// Where an operation was started. V8 loses that on the way to an error: it comes from a socket, a process or a timer.

/** What `Error.captureStackTrace` writes to; its stack is made of text when it is first read. */
export interface CallSite {
  readonly stack?: string;
}

const SITE_FRAMES = 6;

/** @param below the function whose caller is the innermost frame. */
export function captureCallSite(below: (...args: never[]) => unknown): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = SITE_FRAMES;
  const site: CallSite = {};
  Error.captureStackTrace(site, below);
  Error.stackTraceLimit = limit;
  return site;
}

/** Its frames, innermost first. */
export function framesOf({ stack = '' }: CallSite): readonly string[] {
  return stack.split('\n').slice(1);
}

const ownStacks = new WeakMap<Error, () => unknown>();

/**
 * Lets the stack of an error end with the frames of the operation that failed with it; with those of the outermost one, if one
 * operation is part of another. Nothing is formatted before someone reads it.
 */
export function showCallSite(error: unknown, site: CallSite): void {
  if (!(error instanceof Error)) return;
  const stack = Object.getOwnPropertyDescriptor(error, 'stack');
  const own = ownStacks.get(error) ?? stack?.get;
  if (!own || !stack?.configurable) return;
  ownStacks.set(error, own);
  Object.defineProperty(error, 'stack', {
    configurable: true,
    enumerable: false,
    get: () => [String(own.call(error)), ...framesOf(site)].join('\n'),
    set: (value: unknown) => {
      Object.defineProperty(error, 'stack', { value, writable: true, configurable: true });
    },
  });
}
