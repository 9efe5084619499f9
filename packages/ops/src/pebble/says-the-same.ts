// Equality of layers, of plans and of parts of them.

import { formatDuration, parseDuration } from './duration.ts';

const DURATIONS: ReadonlySet<string> = new Set(['period', 'timeout', 'backoff-delay', 'backoff-limit', 'kill-delay']);

/**
 * Whether two layers, plans or parts of them say the same: what is empty or not there is the same, so is any order of keys, and `90s` is
 * `1m30s`.
 */
export function saysTheSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.length > 0 ? value.map((each: unknown) => canonical(each) ?? null) : undefined;
  const entries = Object.entries(value).map(([key, each]) => [key, canonical(spelled(key, each))] as const);
  const kept = entries.filter(([, each]) => each !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function spelled(key: string, value: unknown): unknown {
  const ms = DURATIONS.has(key) && typeof value === 'string' ? parseDuration(value) : undefined;
  return ms === undefined ? value : formatDuration(ms);
}
