// What was checked made regular: shorthands written out, entries without a body empty, metadata.yaml's spelling that of charmcraft.yaml.

import type { Charmcraft } from './charmcraft.ts';
import { isMapping } from './place.ts';

const ROLES: ReadonlySet<string> = new Set(['requires', 'provides', 'peers']);
const SECTIONS: ReadonlySet<string> = new Set([...ROLES, 'containers', 'storage', 'resources', 'actions', 'devices']);

/** @param value a valid document, of charmcraft.yaml and the files beside it. */
export function regular(value: Readonly<Record<string, unknown>>): Charmcraft {
  const { 'display-name': displayName, ...rest } = value;
  const sections = Object.entries(rest)
    .filter(([, section]) => section !== null && section !== undefined)
    .map(([name, section]) => [name, SECTIONS.has(name) ? withBodies(name, section) : section]);
  const title = typeof displayName === 'string' && { title: displayName };
  return { type: 'charm', ...title, ...Object.fromEntries(sections) } as Charmcraft;
}

function withBodies(section: string, entries: unknown): unknown {
  if (!isMapping(entries)) return entries;
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, withBody(section, entry)]));
}

function withBody(section: string, entry: unknown): unknown {
  if (ROLES.has(section) && typeof entry === 'string') return { interface: entry };
  return entry ?? {};
}
