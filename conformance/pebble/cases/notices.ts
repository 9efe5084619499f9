// Notices: adding, filtering, waiting.

import { type Case, get, one, post, type Step } from '../case.ts';

const add = (key: string, fields: object = {}): Step =>
  post('/v1/notices', { action: 'add', type: 'custom', key, ...fields });

export const notices: readonly Case[] = [
  one('none', get('/v1/notices')),
  one('one', add('example.com/one')),
  one('one with data', add('example.com/two', { data: { a: 'b', c: '' } })),
  one('another of the same', add('example.com/one', { data: { x: 'y' } })),
  one('all', get('/v1/notices')),
  one('by id', get('/v1/notices/1')),
  one('an unknown id', get('/v1/notices/99')),
  one('by key', get('/v1/notices?keys=example.com/two')),
  one('by several keys', get('/v1/notices?keys=example.com/two&keys=example.com/one,nothing')),
  one('by type', get('/v1/notices?types=custom')),
  one('by an unknown type', get('/v1/notices?types=nonsense')),
  one('by an unknown type and a known one', get('/v1/notices?types=nonsense,custom')),
  one('by another type', get('/v1/notices?types=warning')),
  one('of all users', get('/v1/notices?users=all')),
  one('of another user', get('/v1/notices?user-id=42')),
  one('of this user', get('/v1/notices?user-id=0')),
  one('of some users', get('/v1/notices?users=some')),
  one('of both', get('/v1/notices?users=all&user-id=0')),
  one('of two users', get('/v1/notices?user-id=0,1')),
  one('of no number', get('/v1/notices?user-id=x')),
  one('of a negative number', get('/v1/notices?user-id=-1')),
  one('after some time', get('/v1/notices?after=2020-01-01T00:00:00Z')),
  one('after the end of time', get('/v1/notices?after=2999-01-01T00:00:00.123Z')),
  {
    name: 'a repetition that is too early',
    steps: [
      add('example.com/rare', { 'repeat-after': '1h' }),
      add('example.com/rare', { 'repeat-after': '1h' }),
      get('/v1/notices?keys=example.com/rare'),
    ],
  },
  one('a wait for what is there', get('/v1/notices?keys=example.com/one&timeout=10s')),
  one('a wait for what does not come', get('/v1/notices?keys=example.com/never&timeout=50ms')),
  one('a bad timeout', get('/v1/notices?timeout=x')),
  one('a bad repetition', add('example.com/a', { 'repeat-after': 'x' })),
  one('another type', post('/v1/notices', { action: 'add', type: 'warning', key: 'example.com/a' })),
  one('another action', post('/v1/notices', { action: 'remove', type: 'custom', key: 'example.com/a' })),
  ...[
    '',
    'a',
    'example.com',
    'example.com/',
    'Example.com/a',
    'example.com/a b',
    'example.com/a/b-c',
    '-a.com/b',
    'a.b/c--d',
  ].map((key) => one(`a key ${JSON.stringify(key)}`, add(key))),
  one('a long key', add(`example.com/${'x'.repeat(250)}`)),
  one('much data', add('example.com/much', { data: { a: 'x'.repeat(4096) } })),
  one('the warnings', get('/v1/notices?types=warning&timeout=1ms')),
];
