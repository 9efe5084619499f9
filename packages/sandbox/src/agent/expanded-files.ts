// Large files of charms, kept expanded between deployments: what takes long to inflate is mostly the same Node in every charm.

import { hash } from 'node:crypto';
import { createWriteStream, statSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/** Smaller files are not worth keeping. */
const KEPT_BYTES = 1024 ** 2;
const CHUNK = 512 * 1024;

/** A file as it is in an archive. */
export interface PackedFile {
  readonly data: Uint8Array;
  readonly isDeflated: boolean;
  /** Of the expanded file. */
  readonly bytes: number;
  readonly crc32: number;
  readonly mode: number;
}

/** Nothing may write into the file afterwards: it can be the kept one. @throws Error when the data does not match the size or the checksum. */
export async function expandFile(file: PackedFile, path: string, cacheDirectory: string): Promise<void> {
  if (file.bytes < KEPT_BYTES) return await inflate(file, path);
  const kept = join(cacheDirectory, `${hash('sha256', file.data)}-${file.mode.toString(8)}`);
  if (statSync(kept, { throwIfNoEntry: false })?.size !== file.bytes) {
    await mkdir(cacheDirectory, { recursive: true, mode: 0o700 });
    const partial = `${kept}.${process.pid}.partial`;
    await inflate(file, partial);
    await rename(partial, kept);
  }
  await rm(path, { force: true });
  await link(kept, path).catch(async () => await copyFile(kept, path)); // the cache may be on another file system
}

async function inflate(file: PackedFile, path: string): Promise<void> {
  const check = new Check(file);
  const source = Readable.from([file.data], { objectMode: false });
  const target = createWriteStream(path, { flags: 'w', highWaterMark: CHUNK });
  if (file.isDeflated) await pipeline(source, createInflateRaw({ chunkSize: CHUNK }), check, target);
  else await pipeline(source, check, target);
  check.finish();
  await chmod(path, file.mode);
}

// Never writes more than was announced, however the data inflates.
class Check extends Transform {
  readonly #file: PackedFile;
  #bytes = 0;
  #crc = 0;

  constructor(file: PackedFile) {
    super({ highWaterMark: CHUNK });
    this.#file = file;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length;
    this.#crc = crc32(chunk, this.#crc);
    if (this.#bytes > this.#file.bytes) done(new Error('a file is larger than the archive says'));
    else done(undefined, chunk);
  }

  finish(): void {
    if (this.#bytes !== this.#file.bytes || this.#crc !== this.#file.crc32) throw new Error('a file is damaged');
  }
}
