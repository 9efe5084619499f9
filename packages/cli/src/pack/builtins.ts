// Takes what a bundle imports of Node's own modules by `process.getBuiltinModule`. An `import` of one reads all of its exports, lazy
// ones too, to fill its namespace: with node:fs and node:util that loads streams, decoders and more, a third of a dispatch.

import { isBuiltin } from 'node:module';
import type { Plugin } from 'rolldown';

const PREFIX = '\0builtin:';

export const builtins: Plugin = {
  name: 'builtins',
  resolveId: {
    handler: (id, _importer, { kind }) =>
      kind === 'import-statement' && isBuiltin(id) ? { id: `${PREFIX}${id}`, moduleSideEffects: false } : null,
  },
  load: {
    filter: { id: /^\0builtin:/ },
    handler: (id) => ({ code: moduleOf(id.slice(PREFIX.length)), moduleSideEffects: false }),
  },
};

// Each export that nobody imports is shaken off, and so its getter is not touched.
function moduleOf(name: string): string {
  const exported = Object.keys(process.getBuiltinModule(name) ?? {}).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key));
  return [
    `const builtin = process.getBuiltinModule(${JSON.stringify(name)});`,
    'export default builtin;',
    ...exported.map((key) => `const $${key} = builtin.${key};`),
    `export { ${exported.map((key) => `$${key} as ${key}`).join(', ')} };`,
  ].join('\n');
}
