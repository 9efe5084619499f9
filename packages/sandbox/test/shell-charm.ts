// Packs a charm whose dispatch is a shell script.

import { open } from 'node:fs/promises';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { stringify } from 'yaml';

export interface ShellCharm {
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly config?: object;
  readonly actions?: object;
  /** The body of the script, which fails at the first command that does; empty for a charm that has none. */
  readonly dispatch: string;
  readonly mode?: number;
  /** Bytes of nothing before the archive, for a charm that takes long to read. Takes no space on the disk. */
  readonly padding?: number;
}

export async function packShellCharm(
  path: string,
  { metadata, config, actions, dispatch, mode = 0o755, padding = 0 }: ShellCharm,
): Promise<void> {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  const add = async (name: string, text: string, unixMode = 0o644) =>
    await zip.add(name, new TextReader(text), { unixMode });
  await add('metadata.yaml', stringify({ summary: 'A shell charm', description: 'For tests', ...metadata }));
  if (config) await add('config.yaml', stringify({ options: config }));
  if (actions) await add('actions.yaml', stringify(actions));
  if (dispatch !== '') await add('dispatch', `#!/bin/sh\nset -e\n${dispatch}\n`, mode);
  await using file = await open(path, 'w');
  await file.write(await zip.close(), 0, null, padding);
}
