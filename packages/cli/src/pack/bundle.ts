// The charm's code and all it imports as one ES module; what is imported on use is evaluated on use. Whitespace goes, identifiers
// stay: the names of handlers are data, by which a deferred event finds its handler in the next build.

import { extname, relative } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import { builtins } from './builtins.ts';

export interface BundleFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The file that the stub imports. */
export const BUNDLE_ENTRY = 'bundle.mjs';

/** @throws CliError `bundle-failed` with what the bundler says, file and line included. */
export async function bundle(entry: string): Promise<readonly BundleFile[]> {
  try {
    const build = await rolldown({
      input: entry,
      platform: 'node',
      logLevel: 'silent',
      plugins: [importMetaMain(entry), builtins],
      treeshake: { propertyReadSideEffects: false },
      // Our own packages are bundled from where this one was loaded: from source in their repository, else from dist.
      ...(extname(import.meta.url) === '.ts' && { resolve: { conditionNames: ['@charmed/source', 'node', 'import'] } }),
    });
    const { output } = await build.generate({
      format: 'esm',
      sourcemap: true,
      keepNames: true,
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      entryFileNames: BUNDLE_ENTRY,
      codeSplitting: false,
    });
    await build.close();
    return output.map((file) => ({
      name: file.fileName,
      content: file.type === 'chunk' ? file.code : file.source,
    }));
  } catch (error) {
    throw new CliError('bundle-failed', `cannot bundle ${relative('.', entry)}: ${reasonOf(error)}`, { cause: error });
  }
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
