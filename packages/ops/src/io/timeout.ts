// How long a hook command may take before its runner gives up.

const DEFAULT_TIMEOUT_MS = 5 * 60_000;

/** A resource may be large and come from far away, so it has no limit unless one is given. */
export function timeoutOf(command: string, given: number | undefined): number {
  return given ?? (command === 'resource-get' ? Infinity : DEFAULT_TIMEOUT_MS);
}
