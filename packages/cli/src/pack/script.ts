// Turns a bundled ES module into a script, which Node starts two milliseconds sooner: no resolving, no graph, no second loader. Each
// edit keeps the length of the text, so that its source map needs one more line and no more.

import { parseSync, Visitor } from 'rolldown/utils';

/** In place of `import.meta`, and as long. */
const IMPORT_META = 'import_meta';
const META = `const ${IMPORT_META}={url:process.getBuiltinModule('node:url').pathToFileURL(__filename).href,dirname:__dirname,filename:__filename};`;

/** What fails before main() runs. Node would show it on the whole line, which is the whole charm. */
const TOLD = '.catch(error=>{console.error(error);process.exit(1)})';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** @param code an ES module that imports nothing but names from modules of Node. What it exports is dropped. */
export function scriptOf(code: string): string {
  let body = code;
  let head = '';
  const replace = ({ start, end }: Span, text: string) => {
    body = body.slice(0, start) + text.padEnd(end - start) + body.slice(end);
  };
  const textOf = ({ start, end }: Span) => code.slice(start, end);
  new Visitor({
    // The bundler's own helpers; those of the charm were taken by the builtins plugin.
    ImportDeclaration(node) {
      const names = node.specifiers.map((name) =>
        name.type === 'ImportSpecifier' ? `${textOf(name.imported)}:${name.local.name}` : name.local.name,
      );
      head += `const {${names.join()}}=process.getBuiltinModule('${node.source.value}');`;
      replace(node, ';');
    },
    ExportNamedDeclaration: ({ start, end, declaration }) => replace({ start, end: declaration?.start ?? end }, ''),
    MetaProperty: (node) => {
      if (node.meta.name !== 'import') return;
      replace(node, IMPORT_META);
      if (!head.includes(META)) head += META;
    },
  }).visit(parseSync('bundle.mjs', code).program);
  return `(async function(require,module,exports){'use strict';${head}\n${body}\n})()${TOLD};\n`;
}

/** @param map of the module, as JSON. */
export function scriptMapOf(map: string): string {
  const { mappings, ...rest } = JSON.parse(map) as { readonly mappings: string };
  return JSON.stringify({ ...rest, mappings: `;${mappings}` });
}
