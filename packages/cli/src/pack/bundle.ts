// The charm's code and all it imports as one script; what is imported on use is evaluated on use. Whitespace goes, identifiers stay:
// the names of handlers are data, by which a deferred event finds its handler in the next build.

import { extname, relative } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import { builtins } from './builtins.ts';
import { onUse } from './on-use.ts';
import { scriptMapOf, scriptOf } from './script.ts';

export interface BundleFile {
  readonly name: string;
  readonly content: string;
}

/** The file that the stub imports. */
export const BUNDLE_ENTRY = 'bundle.cjs';

const START = '\0start';

/** @throws CliError `bundle-failed` with what the bundler says, file and line included. */
export async function bundle(entry: string): Promise<readonly BundleFile[]> {
  const { plugin, met } = onUse();
  const charm = await moduleOf(START, [start(entry), importMetaMain(entry), plugin]);
  const files = [...filesOf(BUNDLE_ENTRY, { code: scriptOf(charm.code), map: scriptMapOf(charm.map) })];
  for (const [name, path] of met) files.push(...filesOf(name, await moduleOf(path)));
  return files;
}

interface Bundled {
  readonly code: string;
  readonly map: string;
}

async function moduleOf(input: string, plugins: readonly Plugin[] = []): Promise<Bundled> {
  try {
    await using build = await rolldown({
      input,
      platform: 'node',
      logLevel: 'silent',
      plugins: [...plugins, builtins],
      treeshake: { propertyReadSideEffects: false },
      // Our own packages are bundled from where this one was loaded: from source in their repository, else from dist.
      ...(extname(import.meta.url) === '.ts' && { resolve: { conditionNames: ['@charmed/source', 'node', 'import'] } }),
    });
    const { output } = await build.generate({
      format: 'esm',
      sourcemap: 'hidden',
      keepNames: true,
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      codeSplitting: false,
    });
    const [{ code, map }] = output;
    return { code, map: JSON.stringify(map) };
  } catch (error) {
    throw new CliError('bundle-failed', `cannot bundle ${relative('.', input)}: ${reasonOf(error)}`, { cause: error });
  }
}

function filesOf(name: string, { code, map }: Bundled): BundleFile[] {
  return [
    { name, content: code },
    { name: `${name}.map`, content: map },
  ];
}

/** Imports the charm and exports nothing. */
function start(entry: string): Plugin {
  return {
    name: 'start',
    resolveId: (id) => (id === START ? id : null),
    load: (id) => (id === START ? `import ${JSON.stringify(entry)};` : null),
  };
}

/** In a bundle every module would be the main one. Replaced by a text of the same length, so that columns stay right. */
function importMetaMain(entry: string): Plugin {
  const text = 'import.meta.main';
  return {
    name: 'import-meta-main',
    transform: {
      filter: { code: text },
      handler: (code, id) => ({ code: code.replaceAll(text, String(id === entry).padEnd(text.length)), map: null }),
    },
  };
}
