// Health checks, and the health that comes of them.

import { type Case, get, layer, one, post } from '../case.ts';

const all = get('/v1/checks');
const act = (action: string, ...checks: readonly string[]) => post('/v1/checks', { action, checks });
const refresh = (name: string) => post('/v1/checks/refresh', { name });
// So seldom that only a refresh runs it.
const rare = { override: 'replace', period: '1h' };
const failing = "sh -c 'echo out; echo more; exit 3'";
const talking = "sh -c 'for i in 1 2 3 4 5 6 7 8; do echo line $i; done; exit 1'";

const planned = {
  good: { level: 'alive', exec: { command: 'true' } },
  bad: { level: 'ready', threshold: 2, exec: { command: failing } },
  talks: { threshold: 9, exec: { command: talking } },
  context: { exec: { command: `sh -c 'echo $NAME; pwd; exit 1'`, 'service-context': 'web' } },
  slow: { timeout: '100ms', exec: { command: 'sleep 20' } },
  none: { exec: { command: '/no/such/program' } },
  'no-name': { exec: { command: 'no-such-program' } },
  nodir: { exec: { command: 'true', 'working-dir': '/no/such' } },
  port: { startup: 'disabled', tcp: { port: 1, host: '127.0.0.1' } },
  web: { startup: 'disabled', http: { url: 'http://127.0.0.1:1/x' } },
  host: { startup: 'disabled', http: { url: 'nonsense://x' } },
};

export const checks: readonly Case[] = [
  one('none', all),
  one('healthy without checks', get('/v1/health')),
  one(
    'a service',
    layer({
      services: { web: { override: 'replace', command: 'x', environment: { NAME: 'web' }, 'working-dir': '/usr' } },
    }),
  ),
  // Each in a layer of its own: the real Pebble begins those of one layer in any order.
  ...Object.entries(planned).map(([name, check]) =>
    one(`a check ${name}`, layer({ checks: { [name]: { ...rare, ...check } } }, name)),
  ),
  one(
    'one as an unknown user',
    layer({ checks: { nouser: { ...rare, exec: { command: 'x', user: 'nobody-at-all' } } } }, 'nouser'),
  ),
  one('all are up before they ran', all),
  one('by level', get('/v1/checks?level=alive')),
  one('by an unknown level', get('/v1/checks?level=nonsense')),
  one('by name', get('/v1/checks?names=good&names=port,nothing')),
  one('healthy', get('/v1/health')),
  one('refresh', refresh('good')),
  one('refresh again', refresh('good')),
  one('a failure', refresh('bad')),
  one('still healthy', get('/v1/health?level=ready')),
  one('its change', get('/v1/changes?select=all')),
  one('another failure, which is the last', { ...refresh('bad'), statusOnly: true }),
  { name: 'down', steps: [{ until: 'Recover', path: '/v1/changes' }, get('/v1/checks?names=bad')] },
  one('not healthy', get('/v1/health')),
  one('not ready', get('/v1/health?level=ready')),
  one('but alive', get('/v1/health?level=alive')),
  one('others are', get('/v1/health?names=good')),
  one('health of an unknown level', get('/v1/health?level=nonsense')),
  one('more failures', refresh('bad')),
  one('a failure with much output', refresh('talks')),
  one('the context of a service', refresh('context')),
  one('a check that takes too long', refresh('slow')),
  one('a command that is not there', refresh('none')),
  one('a name that is not there', refresh('no-name')),
  one('a directory that is not there', refresh('nodir')),
  one('a port that is closed', refresh('port')),
  one('a server that is not there', refresh('web')),
  one('a URL that is none', refresh('host')),
  one('an unknown check', refresh('nothing')),
  one('counts stay for a check that is stopped', get('/v1/checks?names=port')),
  one('stop', act('stop', 'bad', 'good', 'port')),
  one('stopped', all),
  one('stopped checks do not count', get('/v1/health')),
  one('stop again', act('stop', 'bad')),
  one('start', act('start', 'port', 'good')),
  one('start again', act('start', 'good')),
  one('start of an unknown one', act('start', 'zz', 'nothing', 'good')),
  one('stop of an unknown one', act('stop', 'nothing')),
  one('nothing named', act('start')),
  one('started', all),
  {
    name: 'an unrelated layer starts what is stopped',
    steps: [layer({ summary: 'x' }, 'second'), get('/v1/checks?names=bad,good,web')],
  },
  {
    name: 'a change of a check',
    steps: [layer({ checks: { good: { override: 'merge', threshold: 5 } } }, 'third'), get('/v1/checks?names=good')],
  },
  {
    name: 'replan starts what is stopped',
    steps: [
      act('stop', 'good'),
      { ...post('/v1/services', { action: 'replan' }), wait: false },
      get('/v1/checks?names=good'),
    ],
  },
  one('notices of checks', get('/v1/notices?types=change-update&keys=1,2')),
  {
    name: 'a check that is to recover',
    steps: [
      layer(
        {
          checks: { file: { override: 'replace', threshold: 1, period: '50ms', exec: { command: 'test -e $DIR/up' } } },
        },
        'fourth',
      ),
      { until: 'down', path: '/v1/checks?names=file' },
      get('/v1/health?names=file'),
      post('/v1/files', { action: 'make-dirs', dirs: [{ path: '$DIR/up' }] }),
      { until: '"status":"up"', path: '/v1/checks?names=file' },
    ],
  },
];
