// How our own programs are started as processes: like this one, with compiled code kept between starts.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SandboxDirectories } from './directories.ts';

/** Arguments of node for the program `name` beside the module `base`; it is a source file if we run from source, else built. */
export function nodeArguments(name: string, base: string, { cache }: SandboxDirectories): readonly string[] {
  const extension = base.slice(base.lastIndexOf('.'));
  const program = fileURLToPath(new URL(`${name}${extension}`, base));
  return [...process.execArgv, ...keepingCode(codeDirectory({ cache })), program];
}

/** Where compiled code is kept. */
export function codeDirectory({ cache }: Pick<SandboxDirectories, 'cache'>): string {
  return join(cache, 'code');
}

/** Arguments of node by which it keeps compiled code. An environment variable would reach the programs that it starts. */
export function keepingCode(directory: string): readonly string[] {
  const enable = `import { enableCompileCache } from 'node:module'; enableCompileCache(${JSON.stringify(directory)});`;
  return ['--import', `data:text/javascript,${encodeURIComponent(enable)}`];
}
