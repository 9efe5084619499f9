// The charm's code and all it imports as one script; what is imported on use is evaluated on use. Whitespace goes, identifiers stay:
// the names of handlers are data, by which a deferred event finds its handler in the next build.

import { dirname, extname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown, type OutputOptions, type Plugin } from 'rolldown';
import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import { builtins } from './builtins.ts';
import { onUse } from './on-use.ts';
import { scriptMapOf, scriptOf } from './script.ts';
import { sourcePath } from './source-path.ts';

export interface BundleFile {
  readonly name: string;
  readonly content: string;
}

export interface Bundle {
  readonly files: readonly BundleFile[];
  /** Paths of all whose code is in it. */
  readonly modules: readonly string[];
}

/** The file that the stub imports. */
export const BUNDLE_ENTRY = 'bundle.cjs';

const ENTRY = '\0entry';

/** What runs under `juju debug-code`, and what that runs in place of the bundle. */
export const DEBUG_ENTRY = 'debug.cjs';
const DEBUG_BUNDLE = 'debug.bundle.cjs';
const DEBUG_MAIN = fileURLToPath(new URL(`./debug-main${extname(import.meta.url)}`, import.meta.url));

/** @throws CliError `bundle-failed` with what the bundler says, file and line included. */
export async function bundle(charmPath: string): Promise<Bundle> {
  try {
    return await bundleOf(charmPath);
  } catch (error) {
    const message = `cannot bundle ${relative('.', charmPath)}: ${reasonOf(error)}`;
    throw new CliError('bundle-failed', message, { cause: error });
  }
}

async function bundleOf(charmPath: string): Promise<Bundle> {
  const { plugin, met } = onUse();
  const start = entry(`import ${JSON.stringify(charmPath)};`);
  const [charm, readable] = await modulesOf(ENTRY, [SMALL, READABLE], dirname(charmPath), [
    start,
    importMetaMain(charmPath),
    plugin,
  ]);
  const files = filesOf(BUNDLE_ENTRY, { code: scriptOf(charm.code), map: scriptMapOf(charm.map) });
  const modules = [...charm.modules];
  for (const [name, path] of met) {
    const [named] = await modulesOf(ENTRY, [SMALL], dirname(charmPath), [entry(await namesFrom(path))]);
    files.push(...filesOf(name, named));
    modules.push(...named.modules);
  }
  const [debug] = await modulesOf(DEBUG_MAIN, [SMALL], dirname(charmPath));
  files.push({ name: DEBUG_ENTRY, content: scriptOf(debug.code) });
  files.push({ name: DEBUG_BUNDLE, content: debuggable(readable) });
  return { files, modules };
}

interface Bundled {
  readonly code: string;
  readonly map: string;
  readonly modules: readonly string[];
}

/** Of a module of which nothing is left. */
const EMPTY_MAP = { version: 3, sources: [], names: [], mappings: '' };

/** How the code is printed. */
type Layout = Readonly<Pick<OutputOptions, 'minify'>>;
const SMALL: Layout = { minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } } };
const READABLE: Layout = { minify: false };

/**
 * The module in each of the layouts.
 *
 * @param directory that paths in the source map are relative to, so that a project packs to the same bytes wherever it is.
 */
async function modulesOf<const L extends readonly Layout[]>(
  input: string,
  layouts: L,
  directory: string,
  plugins: readonly Plugin[] = [],
): Promise<{ readonly [K in keyof L]: Bundled }> {
  await using build = await rolldown({
    input,
    platform: 'node',
    logLevel: 'silent',
    plugins: [...plugins, builtins],
    treeshake: { propertyReadSideEffects: false },
    experimental: { attachDebugInfo: 'none' }, // comments that say where each module lies
    // Our own packages are bundled from where this one was loaded: from source in their repository, else from dist.
    ...(extname(import.meta.url) === '.ts' && { resolve: { conditionNames: ['@charmed/source', 'node', 'import'] } }),
  });
  const bundled: Bundled[] = [];
  for (const layout of layouts) {
    const { output } = await build.generate({
      format: 'esm',
      sourcemap: 'hidden',
      keepNames: true,
      codeSplitting: false,
      dir: directory,
      sourcemapPathTransform: (source, map) => sourcePath(directory, resolve(dirname(map), source)),
      ...layout,
    });
    const [{ code, map, moduleIds }] = output;
    bundled.push({ code, map: JSON.stringify(map ?? EMPTY_MAP), modules: moduleIds.filter((id) => isAbsolute(id)) });
  }
  return bundled as { readonly [K in keyof L]: Bundled };
}

// An IDE at the other end of a tunnel sees no file but what is in this one.
function debuggable({ code, map }: Omit<Bundled, 'modules'>): string {
  const url = `data:application/json;base64,${Buffer.from(scriptMapOf(map)).toString('base64')}`;
  return `process.exitCode = 1; ${scriptOf(code)}//# sourceMappingURL=${url}\n`;
}

function filesOf(name: string, { code, map }: Omit<Bundled, 'modules'>): BundleFile[] {
  return [
    { name, content: code },
    { name: `${name}.map`, content: map },
  ];
}

/** A module that exists only as this text. */
function entry(code: string): Plugin {
  return {
    name: 'entry',
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? code : null),
  };
}

const IDENTIFIER = /^(?!default$)[A-Za-z_$][\w$]*$/;

/** All names of a package: of one in CommonJS, a bundle would export the default alone. */
async function namesFrom(path: string): Promise<string> {
  const names = Object.keys((await import(pathToFileURL(path).href)) as object).filter((name) => IDENTIFIER.test(name));
  return `export { ${names.join(', ')} } from ${JSON.stringify(path)};`;
}

/** In a bundle every module would be the main one. Replaced by a text of the same length, so that columns stay right. */
function importMetaMain(main: string): Plugin {
  const text = 'import.meta.main';
  return {
    name: 'import-meta-main',
    transform: {
      filter: { code: text },
      handler: (code, id) => ({ code: code.replaceAll(text, String(id === main).padEnd(text.length)), map: null }),
    },
  };
}
