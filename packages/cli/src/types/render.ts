// The text of `src/charm.gen.ts`: the charm's metadata as a constant of literals, from which TypeScript infers all its types.

import type { Charmcraft } from '../charmcraft/charmcraft.ts';

/** What a charm asks its metadata about; the rest of charmcraft.yaml concerns packing. */
const SECTIONS = [
  'name',
  'title',
  'summary',
  'description',
  'subordinate',
  'requires',
  'provides',
  'peers',
  'containers',
  'storage',
  'resources',
  'actions',
  'config',
  'extra-bindings',
] as const;

export function renderTypes(charmcraft: Charmcraft): string {
  const meta = Object.fromEntries(
    SECTIONS.filter((section) => charmcraft[section] !== undefined).map((section) => [section, charmcraft[section]]),
  );
  const events = eventTypeNames(Object.keys(charmcraft.actions ?? {}));
  const imports = events.size > 0 ? 'CharmBase as Base, type ActionEvent' : 'CharmBase as Base';
  return `// Made from charmcraft.yaml by \`charmed types\`. Do not edit: change charmcraft.yaml and run it again.

import { ${imports} } from '@charmed/ops';

export const meta = ${literal(meta, '')} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
${[...events].map(eventType).join('')}`;
}

/** A type's name for the event of each action. Those of names that differ only in their hyphens are numbered. */
export function eventTypeNames(actions: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(['ActionEvent']);
  return new Map(
    actions.map((action) => {
      const name = `${pascalCase(action)}Event`;
      let free = name;
      for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
      taken.add(free);
      return [action, free];
    }),
  );
}

function eventType([action, name]: readonly [string, string]): string {
  return `\nexport type ${name} = ActionEvent<Meta, ${JSON.stringify(action)}>;\n`;
}

function pascalCase(name: string): string {
  return name
    .replaceAll(/(?:^|-+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^(?=\d)/, 'Action');
}

function literal(value: unknown, indent: string): string {
  if (typeof value === 'number') return String(value); // also of what JSON has not
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  }
  const fields = Object.entries(value);
  if (fields.length === 0) return '{}';
  return `{\n${fields.map(([key, field]) => `${inner}${keyText(key)}: ${literal(field, inner)},\n`).join('')}${indent}}`;
}

function keyText(key: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(key)) return key === '__proto__' ? '["__proto__"]' : key; // as a plain key it would set the prototype
  return JSON.stringify(key);
}
