// What a TypeScript file imports, read from its syntax tree; `import type`, re-exports and dynamic imports count alike.

import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

/** One import in a file. `names` is empty where all of the module is taken, or nothing of it. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly names: readonly string[];
}

export function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const { module } = parseSync(file, source);
  const imports: { specifier: string; start: number; names: string[] }[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const names = entries.flatMap((entry) => entry.importName.name ?? []);
    imports.push({ specifier: moduleRequest.value, start, names });
  }
  for (const { entries, start } of module.staticExports) {
    const [from] = entries.flatMap((entry) => entry.moduleRequest ?? []);
    if (from) imports.push({ specifier: from.value, start, names: [] });
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const argument = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"])(.*)\1$/s.exec(argument)?.[2];
    if (literal) imports.push({ specifier: literal, start, names: [] });
  }
  return imports.map(({ start, ...found }) => ({ ...found, line: source.slice(0, start).split('\n').length }));
}
