// `POST /v1/files` with multipart: metadata in the part `request`, then a part `files` for each file, written as it comes in
// (canonical/pebble docs/reference/api.md; internals/daemon/api_files.go).

import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { quote, reasonOf, type UserConfig } from '@charmed/ops/internal';
import { FileError, checkAbsolute } from '../backend/file-error.ts';
import type { Users } from '../engine/environment.ts';
import { badRequest } from '../engine/errors.ts';
import type { Files } from '../engine/files.ts';
import type { Owner } from '../engine/process.ts';
import { type Answer, type ApiIncoming, errorResult, syncAnswer } from './answer.ts';
import { parseBody } from './body.ts';
import { findOwner, parsePermissions } from './file-options.ts';
import { userFields } from './user-fields.ts';

interface FileItem {
  readonly path: string;
  readonly makeDirs: boolean;
  readonly permissions: string;
  readonly user: UserConfig;
}

const maxMetadataBytes = 16 * 1024 * 1024;
const defaultMode = 0o644;
const parentMode = 0o755;

/** @throws PebbleError when the request itself is wrong; what is wrong with single files is in the answer. */
export async function receiveFiles(
  files: Files,
  users: Users,
  incoming: ApiIncoming,
  contentType: string,
): Promise<Answer> {
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    preservePath: true,
    limits: { fieldSize: maxMetadataBytes },
  });
  const upload = new Upload(files, users);
  // The parser's types do not say that a part may have no name.
  parser.on('field', (name: string | undefined, value) => upload.describe(name ?? '', value));
  parser.on('file', (name: string | undefined, content, path) => upload.addFile(name ?? '', path, content));
  try {
    await pipeline(incoming, parser);
  } catch (error) {
    await upload.abandon(error);
    const what = upload.isDescribed ? `file part ${upload.parts}` : 'request metadata';
    const isCutShort = /unexpected end/i.test(reasonOf(error));
    throw badRequest(`cannot read ${what}: ${isCutShort ? 'multipart: NextPart: EOF' : reasonOf(error)}`);
  }
  return upload.finish();
}

class Upload {
  readonly #files: Files;
  readonly #users: Users;
  readonly #results = new Map<string, FileError | undefined>();
  #items: readonly FileItem[] | undefined;
  #failure: unknown;
  #current: Readable | undefined;
  #written: Promise<void> = Promise.resolve();
  /** How many parts with content have begun. */
  parts = 0;

  constructor(files: Files, users: Users) {
    this.#files = files;
    this.#users = users;
  }

  get isDescribed(): boolean {
    return this.#items !== undefined;
  }

  describe(name: string, value: string): void {
    this.#attempt(() => {
      if (this.#items !== undefined) throw badRequest(`field name must be "files", got ${quote(name)}`);
      if (name !== 'request') throw badRequest(`metadata field name must be "request", got ${quote(name)}`);
      this.#items = parseMetadata(value);
    });
  }

  addFile(name: string, path: string, content: Readable): void {
    this.parts += 1;
    this.#current = content;
    // Whoever reads it sees the error too, but that may be later.
    content.on('error', () => undefined);
    const item = this.#attempt(() => this.#find(name, path));
    // The next part does not begin before this one has been read to its end.
    this.#written = this.#written.then(() => (item === undefined ? drain(content) : this.#write(item, content)));
  }

  /** The rest will not come. */
  async abandon(error: unknown): Promise<void> {
    this.#current?.destroy(error instanceof Error ? error : undefined);
    await this.#written;
  }

  async finish(): Promise<Answer> {
    await this.#written;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#items === undefined) throw badRequest('cannot read request metadata: EOF');
    return syncAnswer(
      this.#items.map(({ path }) => {
        const missing = new FileError(`no file content for path ${quote(path)}`);
        const error = this.#results.has(path) ? this.#results.get(path) : missing;
        return { path, ...(error !== undefined && { error: errorResult(error) }) };
      }),
    );
  }

  #find(name: string, path: string): FileItem {
    if (this.#items === undefined) throw badRequest(`metadata field name must be "request", got ${quote(name)}`);
    if (name !== 'files') throw badRequest(`field name must be "files", got ${quote(name)}`);
    const item = this.#items.find((each) => each.path === path);
    if (item === undefined) throw badRequest(`no metadata for path ${quote(path)}`);
    return item;
  }

  async #write(item: FileItem, content: Readable): Promise<void> {
    try {
      await this.#writeOne(item, content);
      this.#results.set(item.path, undefined);
    } catch (error) {
      this.#results.set(item.path, FileError.of('write', item.path, error));
      await drain(content);
    }
  }

  async #writeOne({ path, makeDirs, permissions, user }: FileItem, content: Readable): Promise<void> {
    checkAbsolute(path);
    const owner = findOwner(this.#users, user);
    if (makeDirs) await this.#makeParents(path, owner);
    await this.#files.write(path, content, { mode: parsePermissions(permissions, defaultMode), owner });
  }

  async #makeParents(path: string, owner: Owner | undefined): Promise<void> {
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    try {
      await this.#files.makeDir(parent, { mode: parentMode, owner, parents: true });
    } catch (error) {
      if (error instanceof FileError) throw new FileError(`cannot create directory: ${error.message}`, error.kind);
      throw error;
    }
  }

  // The first failure is the answer; what comes after it is read and forgotten.
  #attempt<T>(work: () => T): T | undefined {
    if (this.#failure !== undefined) return undefined;
    try {
      return work();
    } catch (error) {
      this.#failure = error;
      return undefined;
    }
  }
}

function parseMetadata(text: string): FileItem[] {
  const payload = parseBody(text, 'cannot decode request metadata');
  const action = payload.text('action');
  const items = payload.objects('files').map((file) => ({
    path: file.text('path'),
    makeDirs: file.flag('make-dirs'),
    permissions: file.text('permissions'),
    user: userFields(file),
  }));
  if (action !== 'write') throw badRequest(`multipart action must be "write", got ${quote(action)}`);
  if (items.length === 0) throw badRequest('must specify one or more files');
  return items;
}

async function drain(content: Readable): Promise<void> {
  if (content.destroyed || content.readableEnded) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  content
    .once('close', resolve)
    .once('end', resolve)
    .once('error', () => resolve());
  content.resume();
  await promise;
}
