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
  const actions = Object.keys(charmcraft.actions ?? {});
  const imports = actions.length > 0 ? 'CharmBase as Base, type ActionEvent' : 'CharmBase as Base';
  return `// Made from charmcraft.yaml by \`charmed types\`. Do not edit: change charmcraft.yaml and run it again.

import { ${imports} } from '@charmed/ops';

export const meta = ${literal(meta, '')} as const;

export type Meta = typeof meta;

/** The base of the charm, which knows what charmcraft.yaml declares. */
export class CharmBase extends Base<Meta> {
  static readonly meta: Meta = meta;
}
${actions.map(actionType).join('')}`;
}

function actionType(action: string): string {
  return `\nexport type ${pascalCase(action)}Event = ActionEvent<Meta, ${JSON.stringify(action)}>;\n`;
}

function pascalCase(name: string): string {
  return name
    .replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^(?=\d)/, 'Action');
}

function literal(value: unknown, indent: string): string {
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
