// Changes: listing, waiting, aborting.

import { type Case, get, layer, one, post, services } from '../case.ts';

const sleeper = (fields: object = {}) => ({ override: 'replace', command: 'sleep 60', ...fields });
const start = (...names: readonly string[]) => post('/v1/services', { action: 'start', services: names });

export const changes: readonly Case[] = [
  one('none', get('/v1/changes?select=all')),
  one('one that is not there', get('/v1/changes/99')),
  one('a wait for one that is not there', get('/v1/changes/99/wait')),
  one('an unknown selection', get('/v1/changes?select=nonsense')),
  one(
    'a plan',
    layer({
      services: {
        a: sleeper(),
        b: sleeper({ requires: ['a'], after: ['a'] }),
        bad: sleeper({ command: 'false', 'on-failure': 'ignore' }), // else it may be starting again when services are listed
      },
    }),
  ),
  one('one that is done', services('start', 'a')),
  one('one that fails', services('start', 'bad')),
  one('those in progress', get('/v1/changes')),
  one('those that are ready', get('/v1/changes?select=ready')),
  one('those of a service', get('/v1/changes?select=all&for=bad')),
  one('those of an unknown service', get('/v1/changes?select=all&for=nothing')),
  one('one by its id', get('/v1/changes/1')),
  one('a wait for what is done', get('/v1/changes/1/wait')),
  one('a wait with a bad timeout', get('/v1/changes/1/wait?timeout=x')),
  {
    name: 'a wait that is too short',
    steps: [services('stop', 'a'), start('b'), get('/v1/changes/4/wait?timeout=50ms'), get('/v1/changes/4/wait')],
  },
  one('an abort of what is done', post('/v1/changes/1', { action: 'abort' })),
  one('an abort of what is not there', post('/v1/changes/99', { action: 'abort' })),
  one('another action', post('/v1/changes/1', { action: 'nonsense' })),
  {
    name: 'an abort in the middle',
    steps: [
      services('stop', 'a'),
      start('b'),
      post('/v1/changes/6', { action: 'abort' }),
      get('/v1/changes/6/wait'),
      get('/v1/services'),
    ],
  },
  one('notices of changes', get('/v1/notices?types=change-update&keys=1,2')),
];
