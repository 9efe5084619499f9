// src/charm.ts of a charm that came from Python: it observes the same events. Its handlers fail until they are ported, with the Python
// code at hand: one that silently did nothing would be taken for ported.

import { camelCase } from './events.ts';
import type { Handler, MigrationPlan } from './plan.ts';
import type { Json } from './python/values.ts';

export function charmCode(className: string, plan: MigrationPlan): string {
  const { observations, handlers, storedStates, charm } = plan;
  const types = (isOwn: boolean) => {
    return [...new Set(handlers.flatMap(({ events }) => events.filter((event) => event.isOwn === isOwn).map(typeOf)))];
  };
  const own = ['CharmBase', ...types(true).map((type) => `type ${type}`)];
  const ops = ['main', ...['Framework', ...types(false)].toSorted().map((type) => `type ${type}`)];
  return `// Ported from ${charm.file} by \`charmed migrate\`. PORTING.md lists what is left to do.

import { ${ops.join(', ')} } from '@charmed/ops';
import { ${own.join(', ')} } from './charm.gen.ts'; // made from charmcraft.yaml by \`charmed types\`

export class ${className} extends CharmBase {
${storedStates.map(storedState).join('')}  constructor(framework: Framework) {
    super(framework);
${observations.map(({ event, handler }) => `    this.observe(${event.code}, this.${handler});\n`).join('')}  }
${handlers.map(handlerCode).join('')}}

if (import.meta.main) await main(${className});
`;
}

function typeOf({ type }: { readonly type: string }): string {
  return type;
}

function storedState({ name, defaults, file, line }: MigrationPlan['storedStates'][number]): string {
  const known = [...defaults].map(
    ([key, value]) => `${keyText(key)}: ${value === undefined ? 'null' : literal(value)}`,
  );
  return `  /** Of ${file}, line ${line}. By this name, what the Python charm stored is taken over. */
  readonly ${camelCase(name)} = this.storedState({ ${known.join(', ')} }, { name: ${quoted(name)} });

`;
}

function handlerCode({ name, method, events, source }: Handler): string {
  const types = [...new Set(events.map(typeOf))].join(' | ');
  const place = source ? `${source.file}, line ${source.line}` : 'a class that is not in this project';
  const body = (source?.body ?? []).map((line) => `    // ${line}`.trimEnd() + '\n').join('');
  return `
  // ${method} of ${place}:
  async ${name}(_event: ${types}): Promise<void> {
${body}    throw new Error(${quoted(`${method} is not ported yet`)});
  }
`;
}

function literal(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const fields = Object.entries(value).map(([key, field]) => `${keyText(key)}: ${literal(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
