// What every call has in common: methods, paths, bodies that cannot be read.

import { type Case, get, one, post } from '../case.ts';

const postPaths = ['services', 'layers', 'exec', 'signals', 'checks', 'checks/refresh', 'notices', 'identities'];
const method = (name: string, path: string) => ({ method: name, path });

export const http: readonly Case[] = [
  one('system information', get('/v1/system-info')),
  one('an unknown path', get('/v1/nothing')),
  one('an unknown version', get('/v2/services')),
  one('the root', get('/')),
  one('a slash at the end', get('/v1/services/')),
  one('a method that is not there', method('PUT', '/v1/services')),
  one('a deletion', method('DELETE', '/v1/files')),
  one('a POST to what can only be read', post('/v1/plan', {})),
  one('a GET of what can only be written', get('/v1/layers')),
  one('a GET of exec', get('/v1/exec')),
  one('no warnings', get('/v1/warnings')),
  ...postPaths.flatMap((path): Case[] => [
    one(`${path}: an empty body`, { method: 'POST', path: `/v1/${path}`, raw: '' }),
    one(`${path}: an empty object`, post(`/v1/${path}`, {})),
    one(`${path}: an unknown action`, post(`/v1/${path}`, { action: 'nonsense', services: ['a'], checks: ['a'] })),
    one(`${path}: cut short`, { method: 'POST', path: `/v1/${path}`, raw: '{"action":' }),
  ]),
  one('files: an unknown action', post('/v1/files', { action: 'nonsense' })),
  one('files: no action', get('/v1/files')),
  one('files: a bad content type', {
    method: 'POST',
    path: '/v1/files',
    raw: '{}',
    headers: { 'content-type': 'text/plain' },
  }),
  one('files: no content type', { method: 'POST', path: '/v1/files', raw: '{}', headers: { 'content-type': '' } }),
];
