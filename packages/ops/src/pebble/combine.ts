// What layers combine to, as Pebble does it (Pebble documentation, layer specification: override). For Pebble's own plan see `getPlan`.

import type { Layer, Override, Plan } from './layer.ts';

/** Lists are appended when layers merge. */
const LISTS: ReadonlySet<string> = new Set(['after', 'before', 'requires', 'services']);
/** Mappings are updated, key by key. */
const MAPPINGS: ReadonlySet<string> = new Set([
  'environment',
  'on-check-failure',
  'labels',
  'headers',
  'http',
  'tcp',
  'exec',
]);

/** The lowest layer first. An entry of a later one replaces or is merged into the one before it, as its `override` says. */
export function combineLayers(layers: readonly Layer[]): Plan {
  const checks = combineSections(layers.map((layer) => layer.checks));
  return {
    services: combineSections(layers.map(({ services }) => services)),
    checks: mapValues(checks, (check) => ({ threshold: 3, ...check })),
    'log-targets': combineSections(layers.map((layer) => layer['log-targets'])),
  };
}

/** Whether two layers, plans or parts of them say the same: what is empty or not there is the same, and so is any order of keys. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function combineSections<T extends { readonly override: Override }>(
  sections: readonly (Readonly<Record<string, T>> | undefined)[],
): Record<string, T> {
  const combined: Record<string, T> = {};
  for (const section of sections) {
    for (const [name, entry] of Object.entries(section ?? {})) {
      const old = combined[name];
      const isMerged = entry.override === 'merge' && old !== undefined;
      combined[name] = isMerged ? { ...merged<T>(old, entry), override: old.override } : entry;
    }
  }
  return combined;
}

function merged<T extends object>(old: T, next: T): T {
  const result = { ...old } as Record<string, unknown>;
  for (const [key, value] of Object.entries(next)) {
    const before = result[key];
    if (value === undefined || value === '') continue;
    if (LISTS.has(key)) result[key] = [...((before ?? []) as unknown[]), ...(value as unknown[])];
    else if (MAPPINGS.has(key)) result[key] = merged(before ?? {}, value as object);
    else result[key] = value;
  }
  return result as T;
}

function mapValues<T, R>(values: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

function canonical(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.length > 0 ? value.map((each: unknown) => canonical(each) ?? null) : undefined;
  const entries = Object.entries(value).map(([key, each]) => [key, canonical(each)] as const);
  const kept = entries.filter(([, each]) => each !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
