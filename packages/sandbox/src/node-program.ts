// How our own programs are started as processes: like this one, with compiled code kept between starts.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SandboxDirectories } from './directories.ts';

/** Arguments of node for the program `name` beside the module `base`; it is a source file if we run from source, else built. */
export function nodeArguments(name: string, base: string, { cache }: SandboxDirectories): readonly string[] {
  const extension = base.slice(base.lastIndexOf('.'));
  const kept = JSON.stringify(join(cache, 'code'));
  // Set up here, since an environment variable would reach the workloads that Pebble starts.
  const enable = `import { enableCompileCache } from 'node:module'; enableCompileCache(${kept});`;
  const preload = `data:text/javascript,${encodeURIComponent(enable)}`;
  return [...process.execArgv, '--import', preload, fileURLToPath(new URL(`${name}${extension}`, base))];
}
