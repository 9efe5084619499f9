// Files: reading, writing, listing, directories, removal.

import { type Case, get, one, post, type RequestStep, type Step, type TreeStep } from '../case.ts';

const boundary = 'b'.repeat(40);
const tree: TreeStep = { tree: '$DIR' };
const then = (name: string, ...steps: readonly Step[]): Case => ({ name, steps: [...steps, tree] });
const list = (path: string, query = '') => get(`/v1/files?action=list&path=${path}${query}`);
const read = (...paths: readonly string[]) =>
  get(`/v1/files?action=read&${paths.map((path) => `path=${path}`).join('&')}`, { accept: 'multipart/form-data' });
const dirs = (...entries: readonly object[]) => post('/v1/files', { action: 'make-dirs', dirs: entries });
const remove = (...entries: readonly object[]) => post('/v1/files', { action: 'remove', paths: entries });

interface File {
  readonly path: string;
  readonly content: string;
  readonly [field: string]: unknown;
}

function part(disposition: string, content: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
}

function multipart(raw: string, type = `multipart/form-data; boundary=${boundary}`): RequestStep {
  return { method: 'POST', path: '/v1/files', raw, headers: { 'content-type': type } };
}

function write(...files: readonly File[]): RequestStep {
  const metadata = files.map(({ content: _, ...rest }) => rest);
  const parts = files.map(({ path, content }) => part(`name="files"; filename="${path}"`, content));
  const request = part('name="request"', JSON.stringify({ action: 'write', files: metadata }));
  return multipart(`${request}${parts.join('')}--${boundary}--\r\n`);
}

const request = (value: unknown) => part('name="request"', typeof value === 'string' ? value : JSON.stringify(value));
const end = `--${boundary}--\r\n`;

export const files: readonly Case[] = [
  then('write', write({ path: '$DIR/a', content: 'hello' })),
  then('write again', write({ path: '$DIR/a', content: 'there', permissions: '600' })),
  then('write two', write({ path: '$DIR/b', content: '' }, { path: '$DIR/c', content: 'c\r\n', permissions: '777' })),
  then('write into a directory that is not there', write({ path: '$DIR/no/d', content: 'd' })),
  then('write and make directories', write({ path: '$DIR/x/y/d', content: 'd', 'make-dirs': true })),
  then('write over a directory', write({ path: '$DIR/x', content: 'd' })),
  then('write below a file', write({ path: '$DIR/a/d', content: 'd', 'make-dirs': true })),
  then('write to a relative path', write({ path: 'a', content: 'd' })),
  then('write with bad permissions', write({ path: '$DIR/p', content: 'd', permissions: '64' })),
  then('write with more bad permissions', write({ path: '$DIR/p', content: 'd', permissions: '0644' })),
  then('write with permissions that are no number', write({ path: '$DIR/p', content: 'd', permissions: 'abc' })),
  then('write as somebody', write({ path: '$DIR/owned', content: 'd', 'user-id': 1, 'group-id': 2 })),
  then('write as somebody by name', write({ path: '$DIR/owned2', content: 'd', user: 'root', group: 'root' })),
  then('write as an unknown one', write({ path: '$DIR/q', content: 'd', user: 'nobody-at-all' })),
  then('write for a group alone', write({ path: '$DIR/q', content: 'd', group: 'root' })),
  then('write with a star', write({ path: '$DIR/a*b', content: 'd' })),
  one('write without content', multipart(request({ action: 'write', files: [{ path: '$DIR/z' }] }) + end)),
  one('write of nothing', multipart(request({ action: 'write', files: [] }) + end)),
  one('write with another action', multipart(request({ action: 'remove', files: [{ path: '/x' }] }) + end)),
  one('write without metadata', multipart(part('name="files"; filename="/x"', 'x') + end)),
  one('write with metadata of another name', multipart(part('name="nonsense"', '{}') + end)),
  one('write with metadata that is no JSON', multipart(request('{') + end)),
  one(
    'write with a part of another name',
    multipart(
      request({ action: 'write', files: [{ path: '$DIR/z' }] }) + part('name="x"; filename="$DIR/z"', 'x') + end,
    ),
  ),
  one(
    'write of a file that was not announced',
    multipart(
      request({ action: 'write', files: [{ path: '$DIR/z' }] }) + part('name="files"; filename="$DIR/y"', 'x') + end,
    ),
  ),
  one('an empty multipart body', multipart('')),
  one('a short boundary', multipart('--b--\r\n', 'multipart/form-data; boundary=b')),
  one('no boundary', multipart('x', 'multipart/form-data')),
  one('write by JSON', post('/v1/files', { action: 'write', files: [{ path: '/x' }] })),
  then('nothing of that is left'),
  one('read', read('$DIR/a')),
  one('read two', read('$DIR/a', '$DIR/c')),
  one('read what is not there', read('$DIR/nothing')),
  one('read one that is not there, and one that is', read('$DIR/nothing', '$DIR/a')),
  one('read a directory', read('$DIR/x')),
  one('read a relative path', read('a')),
  one('read a device', read('/dev/null')),
  one('read nothing', get('/v1/files?action=read', { accept: 'multipart/form-data' })),
  one('read as JSON', get('/v1/files?action=read&path=/etc/passwd')),
  one('list', list('$DIR')),
  one('list a file', list('$DIR/a')),
  one('list with a pattern', list('$DIR', '&pattern=[ab]*')),
  one('list with a pattern of no file', list('$DIR', '&pattern=z?')),
  one('list with a bad pattern', list('$DIR', '&pattern=[')),
  one('list itself', list('$DIR/x', '&itself=true')),
  one('list itself with a slash', list('$DIR/x/', '&itself=true')),
  one('list the root itself', get('/v1/files?action=list&path=/&itself=true&pattern=nothing')),
  one('list with a bad flag', list('$DIR', '&itself=maybe')),
  one('list what is not there', list('$DIR/nothing')),
  one('list below a file', list('$DIR/a/b')),
  one('list a relative path', list('a')),
  one('list nothing', list('')),
  then('make a directory', dirs({ path: '$DIR/m' })),
  then('make it again', dirs({ path: '$DIR/m' })),
  then('make it again with parents', dirs({ path: '$DIR/m', 'make-parents': true })),
  then('make without parents', dirs({ path: '$DIR/m/n/o' })),
  then('make with parents', dirs({ path: '$DIR/m/n/o', 'make-parents': true, permissions: '700' })),
  then('make two of which one fails', dirs({ path: '$DIR/a/b' }, { path: '$DIR/two' })),
  then('make over a file', dirs({ path: '$DIR/a' })),
  then('make for somebody', dirs({ path: '$DIR/owned3/sub', 'make-parents': true, 'user-id': 1, 'group-id': 1 })),
  one('make a relative one', dirs({ path: 'm' })),
  one('make with bad permissions', dirs({ path: '$DIR/bad', permissions: 'x' })),
  one('make the root', dirs({ path: '/' })),
  then('remove', remove({ path: '$DIR/b' })),
  then('remove what is not there', remove({ path: '$DIR/b' })),
  then('remove what is not there, recursively', remove({ path: '$DIR/b', recursive: true })),
  then('remove a directory that is full', remove({ path: '$DIR/m' })),
  then('remove a directory that is empty', remove({ path: '$DIR/two' })),
  then('remove recursively', remove({ path: '$DIR/m', recursive: true }, { path: '$DIR/x', recursive: true })),
  one('remove a relative path', remove({ path: 'a' })),
  then('links', {
    exec: { command: ['sh', '-c', 'cd $DIR && ln -s a link && ln -s nothing dangling && ln -s . here'] },
  }),
  one('list links', list('$DIR')),
  one('list a link', list('$DIR/link')),
  one('list a link to nothing', list('$DIR/dangling')),
  one('list a link to a directory', list('$DIR/here', '&pattern=a')),
  one('read a link', read('$DIR/link')),
  then('write over a link', write({ path: '$DIR/link', content: 'new' })),
  then('remove a link', remove({ path: '$DIR/here', recursive: true })),
];
