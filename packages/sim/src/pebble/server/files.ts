// `/v1/files` (canonical/pebble docs/reference/api.md; internals/daemon/api_files.go). What goes wrong with single files is in the answer;
// only a list that fails has a status of its own.

import { quote } from '@charmed/ops/internal';
import { FileError, checkAbsolute } from '../backend/file-error.ts';
import type { Users } from '../engine/environment.ts';
import { badRequest } from '../engine/errors.ts';
import type { Files } from '../engine/files.ts';
import { type Answer, errorResult, syncAnswer } from './answer.ts';
import { type Payload, readBody } from './body.ts';
import { findOwner, parsePermissions } from './file-options.ts';
import { sendFiles } from './read-files.ts';
import type { ApiRequest, Route } from './router.ts';
import { userFields } from './user-fields.ts';
import { receiveFiles } from './write-files.ts';

const defaultDirMode = 0o755;
const minBoundaryLength = 32;

export function fileRoutes(files: Files, users: Users): Route[] {
  return [
    // Some files are nobody's business.
    {
      path: '/v1/files',
      GET: (request) => get(files, request),
      POST: (request) => post(files, users, request),
      readers: 'admin',
    },
  ];
}

async function get(files: Files, { query, incoming, response }: ApiRequest): Promise<Answer | undefined> {
  const action = query.get('action') ?? '';
  if (action === 'list') return list(files, query);
  if (action !== 'read') throw badRequest(`invalid action ${quote(action)}`);
  const paths = query.getAll('path');
  if (paths.length === 0) throw badRequest('must specify one or more paths');
  if (incoming.headers.accept !== 'multipart/form-data') throw badRequest('must accept multipart/form-data');
  return sendFiles(files, paths, response);
}

async function list(files: Files, query: URLSearchParams): Promise<Answer> {
  const path = query.get('path') ?? '';
  const itself = query.get('itself') ?? '';
  if (path === '') throw badRequest('must specify path');
  if (!['true', 'false', ''].includes(itself)) throw badRequest('itself parameter must be "true" or "false"');
  const options = { itself: itself === 'true', pattern: query.get('pattern') ?? '' };
  return syncAnswer(await files.list(path, options));
}

async function post(files: Files, users: Users, { incoming }: ApiRequest): Promise<Answer> {
  const contentType = incoming.headers['content-type'] ?? '';
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!mediaType.includes('/')) throw badRequest(`invalid Content-Type ${quote(contentType)}`);
  if (mediaType === 'multipart/form-data') {
    const boundary = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType);
    const text = boundary?.[1] ?? boundary?.[2] ?? '';
    if (text.length < minBoundaryLength) throw badRequest(`invalid boundary ${quote(text)}`);
    return receiveFiles(files, users, incoming, contentType);
  }
  if (mediaType !== 'application/json') throw badRequest(`invalid media type ${quote(mediaType)}`);
  const payload = await readBody(incoming);
  const action = payload.text('action');
  if (action === 'make-dirs') return forEach(payload.objects('dirs'), (dir) => makeOne(files, users, dir));
  if (action === 'remove') return forEach(payload.objects('paths'), (path) => removeOne(files, path));
  throw badRequest(action === 'write' ? 'must use multipart with "write" action' : `invalid action ${quote(action)}`);
}

async function makeOne(files: Files, users: Users, dir: Payload): Promise<void> {
  checkAbsolute(dir.text('path'));
  const mode = parsePermissions(dir.text('permissions'), defaultDirMode);
  const owner = findOwner(users, userFields(dir));
  await files.makeDir(dir.text('path'), { mode, owner, parents: dir.flag('make-parents') });
}

async function removeOne(files: Files, path: Payload): Promise<void> {
  await files.remove(path.text('path'), path.flag('recursive'));
}

async function forEach(items: readonly Payload[], work: (item: Payload) => Promise<void>): Promise<Answer> {
  const results: object[] = [];
  for (const item of items) {
    const path = item.text('path');
    try {
      await work(item);
      results.push({ path });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      results.push({ path, error: errorResult(error) });
    }
  }
  return syncAnswer(results);
}
