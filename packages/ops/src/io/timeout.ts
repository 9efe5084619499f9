// How long a hook command may take before its runner gives up.

const DEFAULT_TIMEOUT_MS = 5 * 60_000;
/** Longer than this Node's timers do not wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface Timeouts {
  /** For this one command. */
  readonly call: number | undefined;
  /** For all commands but resource-get: a resource may be large and come from far away. */
  readonly runner: number | undefined;
}

/** In milliseconds; `Infinity` is no limit. */
export function timeoutOf(command: string, { call, runner }: Timeouts): number {
  const timeoutMs = call ?? (command === 'resource-get' ? Infinity : (runner ?? DEFAULT_TIMEOUT_MS));
  return timeoutMs > MAX_TIMEOUT_MS ? Infinity : timeoutMs;
}
