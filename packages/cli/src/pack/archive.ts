// Writes the .charm zip: sorted names, one fixed time and Unix modes, so that the same charm gives the same bytes and Juju expands
// `dispatch` as an executable.

import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { CharmFile } from './charm-file.ts';
import type { Deflated } from './node-binary.ts';

export interface ArchiveFile extends Omit<CharmFile, 'content'> {
  readonly content: CharmFile['content'] | Deflated;
}

const UNIX = 3;
const ZIP_VERSION = 20;
const DEFLATE = 8;
const REGULAR_FILE = 0o100000;
/** The earliest that zip can tell. */
const TIME = new Date(1980, 0, 1);

export async function archive(files: ReadonlyMap<string, ArchiveFile>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, extendedTimestamp: false });
  for (const [name, file] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { content } = file;
    const mode = REGULAR_FILE | (file.executable ? 0o755 : 0o644);
    const options = {
      lastModDate: TIME,
      versionMadeBy: (UNIX << 8) | ZIP_VERSION,
      externalFileAttributes: (mode << 16) >>> 0,
      dataDescriptor: false,
    };
    if (typeof content === 'string') await zip.add(name, new TextReader(content), options);
    else if (content instanceof Uint8Array) await zip.add(name, new Uint8ArrayReader(content), options);
    else await zip.add(name, new Uint8ArrayReader(content.data), { ...options, ...passThrough(content) });
  }
  return zip.close();
}

function passThrough(content: Deflated): object {
  return { passThrough: true, uncompressedSize: content.size, signature: content.crc, compressionMethod: DEFLATE };
}
