// A charm as `charmed pack` packs it and Juju unpacks it, but for Node, which is a link.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from '../src/pack/bundle.ts';
import { dispatchScript, NODE, STUB, stub } from '../src/pack/launcher.ts';

const NODE_MODULES = join(import.meta.dirname, '../../../node_modules');

/** @param source of src/charm.ts. @returns the charm's directory, in `directory`. */
export async function unpackedCharm(directory: string, source: string): Promise<string> {
  const charm = join(directory, 'charm');
  write(join(directory, 'project/src/charm.ts'), source);
  symlinkSync(NODE_MODULES, join(directory, 'project/node_modules'));
  for (const { name, content } of (await bundle(join(directory, 'project/src/charm.ts'))).files) {
    write(join(charm, 'src', name), content);
  }
  write(join(charm, STUB), stub);
  write(join(charm, 'dispatch'), dispatchScript(`./${NODE}`));
  write(join(charm, 'metadata.yaml'), 'name: web\n');
  mkdirSync(join(charm, dirname(NODE)));
  symlinkSync(process.execPath, join(charm, NODE));
  return charm;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
}
