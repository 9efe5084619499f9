// Names in the charm's code that charmcraft.yaml does not declare: `this.on.relation('...')` and the like, of which the constructor would
// throw. A charm that extends the `CharmBase` of its own metadata has them checked by the compiler too.

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';
import type { Charmcraft } from '../charmcraft/charmcraft.ts';
import type { CheckFinding } from './finding.ts';

const SECTIONS: Readonly<Record<string, readonly (keyof Charmcraft)[]>> = {
  relation: ['requires', 'provides', 'peers'],
  container: ['containers'],
  storage: ['storage'],
  action: ['actions'],
};

export async function unknownNames(directory: string, charmcraft: Charmcraft): Promise<readonly CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: directory })) {
    const code = await readFile(join(directory, file), 'utf8');
    for (const { what, name, offset } of namesIn(file, code)) {
      const sections = SECTIONS[what] ?? [];
      const declared = sections.flatMap((section) => Object.keys(charmcraft[section] ?? {}));
      if (declared.includes(name)) continue;
      const advice = `declare it under ${sections.join(', ')}; there ${declared.length === 1 ? 'is' : 'are'} ${declared.join(', ') || 'none'}`;
      const message = `charmcraft.yaml has no ${what} ${JSON.stringify(name)}; ${advice}`;
      findings.push({ file, ...positionOf(code, offset), rule: 'unknown-name', severity: 'error', message });
    }
  }
  return findings;
}

interface Name {
  /** `relation`, `container`, `storage` or `action`. */
  readonly what: string;
  readonly name: string;
  readonly offset: number;
}

/** Of calls `on.relation('name')`. Code that does not parse has none: the bundler tells what is wrong with it. */
function namesIn(file: string, code: string): readonly Name[] {
  const names: Name[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [argument] }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { object, property } = callee;
      const isOn =
        object.type === 'MemberExpression' && object.property.type === 'Identifier' && object.property.name === 'on';
      if (!isOn || !Object.hasOwn(SECTIONS, property.name)) return;
      if (argument?.type !== 'Literal' || typeof argument.value !== 'string') return;
      names.push({ what: property.name, name: argument.value, offset: argument.start });
    },
  }).visit(parseSync(file, code).program);
  return names;
}

function positionOf(code: string, offset: number): { readonly line: number; readonly column: number } {
  const before = code.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
