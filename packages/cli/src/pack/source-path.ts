// Where source maps say that the code of a packed charm comes from: the same for the same project, wherever it lies.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Seen from `src`: the project's own files where they are, those of a package in `node_modules` by its name. @param src of the project. */
export function sourcePath(src: string, path: string): string {
  const [, inPackage] = /^.*\/node_modules\/(.*)$/.exec(path) ?? [];
  if (inPackage !== undefined) return `../node_modules/${inPackage}`;
  const owner = packageOf(dirname(path));
  if (path.startsWith(dirname(src) + sep) || owner === undefined) return relative(src, path);
  return `../node_modules/${owner.name}/${relative(owner.directory, path)}`;
}

// That a package is a link to a folder elsewhere is nobody's business.
function packageOf(directory: string): { readonly name: string; readonly directory: string } | undefined {
  const manifest = join(directory, 'package.json');
  if (!existsSync(manifest)) return dirname(directory) === directory ? undefined : packageOf(dirname(directory));
  const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: string };
  return name === undefined ? undefined : { name, directory };
}
