// From a charm's project to the files that Juju deploys, one for each platform.

import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { unwritable, writeWhole } from '../write-whole.ts';
import { archive, type ArchiveFile } from './archive.ts';
import { buildCharms, type BuildOptions, type BuiltCharm } from './build.ts';
import { NODE } from './launcher.ts';
import { deflated } from './node-binary.ts';

export interface PackOptions extends BuildOptions {
  /** Where the files go. Default: the current folder. */
  readonly output?: string;
}

export interface PackedCharm {
  readonly path: string;
  readonly bytes: number;
  readonly platform: string;
  /** Whether it was run once. It is not when it is for another architecture, or without a Node of its own. */
  readonly isChecked: boolean;
  /** What is in it, with sizes in bytes before they are deflated. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** @throws CliError for whatever the user can mend; no file is left half-written. */
export async function pack(folder: string, options: PackOptions = {}): Promise<readonly PackedCharm[]> {
  const { output = '.', cacheDirectory } = options;
  await requireFolder(output);
  const packed: PackedCharm[] = [];
  for await (const charm of buildCharms(folder, options)) {
    packed.push(await write(charm, output, cacheDirectory));
  }
  return packed;
}

// Better told before the work than after it.
async function requireFolder(output: string): Promise<void> {
  await access(output, constants.W_OK).catch((error: unknown) => {
    throw unwritable(join(output, 'the charm'), error);
  });
}

async function write(
  { name, platform, contents, node, isChecked }: BuiltCharm,
  output: string,
  cacheDirectory: string | undefined,
): Promise<PackedCharm> {
  const all = new Map<string, ArchiveFile>(contents);
  if (node !== undefined) all.set(NODE, { content: await deflated(node, cacheDirectory), executable: true });
  const bytes = await archive(all);
  const path = resolve(output, `${name}_${platform.label}.charm`);
  await writeWhole(path, bytes);
  const files = [...all].map(([file, { content }]) => ({ name: file, bytes: sizeOf(content) }));
  return { path, bytes: bytes.length, platform: platform.label, isChecked, files };
}

function sizeOf(content: ArchiveFile['content']): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  return content instanceof Uint8Array ? content.length : content.size;
}
