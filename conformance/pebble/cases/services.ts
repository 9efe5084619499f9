// Services: starting, stopping, order, and what comes of those that fail.

import { type Case, get, layer, one, post, services as change } from '../case.ts';

const all = get('/v1/services');
const sleeper = (fields: object = {}) => ({ override: 'replace', command: 'sleep 60', ...fields });
const shell = (script: string, fields: object = {}) => sleeper({ command: `sh -c '${script}'`, ...fields });
const base = layer({
  services: {
    a: sleeper({ startup: 'enabled' }),
    b: sleeper({ after: ['a'], requires: ['a'] }),
    c: sleeper({ requires: ['b'] }),
    brief: shell('echo one; echo two; exit 3'),
    fine: shell('exit 0', { 'on-success': 'ignore' }),
    talks: shell('i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done; exit 1', { 'on-failure': 'ignore' }),
    none: sleeper({ command: '/no/such/program' }),
    nodir: sleeper({ 'working-dir': '/no/such/dir' }),
    nouser: sleeper({ user: 'nobody-at-all' }),
    mismatch: sleeper({ user: 'root', 'user-id': 1 }),
    onlygroup: sleeper({ group: 'root' }),
    lives: shell('sleep 1.3; exit 0', { 'on-success': 'ignore' }),
    fails: shell('sleep 1.3; exit 4', { 'on-failure': 'ignore' }),
    deaf: shell('trap "" TERM; sleep 20 & wait; sleep 20', { 'kill-delay': '50ms' }),
  },
});

export const services: readonly Case[] = [
  one('none', all),
  one('autostart of nothing', change('autostart')),
  one('replan of nothing', change('replan')),
  one('a plan', base),
  one('all of them', all),
  one('some of them', get('/v1/services?names=c,a,nothing')),
  one('names twice', get('/v1/services?names=c&names=a')),
  one('one of them', get('/v1/services/a')),
  one('a POST to one of them', post('/v1/services/a', {})),
  one('nothing named', change('start')),
  one('an unknown one', change('start', 'nothing')),
  one('stop of an unknown one', change('stop', 'nothing')),
  one('restart of nothing named', change('restart')),
  one('names with autostart', change('autostart', 'a')),
  one('names with replan', change('replan', 'a')),
  one('stop of what never ran', change('stop', 'c')),
  one('autostart', change('autostart')),
  { name: 'start with what is required', steps: [change('start', 'c'), all] },
  one('start again', change('start', 'a')),
  { name: 'stop takes those that require it along', steps: [change('stop', 'a'), all] },
  one('stop again', change('stop', 'a')),
  { name: 'restart of what is stopped', steps: [change('restart', 'a'), all] },
  { name: 'restart leaves others alone', steps: [change('start', 'b'), change('restart', 'a'), all] },
  { name: 'one that ends at once', steps: [change('start', 'brief'), change('stop', 'brief'), all] },
  { name: 'one that ends well at once', steps: [change('start', 'fine'), get('/v1/services?names=fine')] },
  { name: 'one that says much', steps: [change('start', 'talks'), get('/v1/services?names=talks')] },
  { name: 'one that cannot be run', steps: [change('start', 'none'), get('/v1/services?names=none')] },
  one('a working directory that is not there', change('start', 'nodir')),
  one('a user that is not there', change('start', 'nouser')),
  one('a user and a number that differ', change('start', 'mismatch')),
  one('a group alone', change('start', 'onlygroup')),
  {
    name: 'one that ends well after a while',
    steps: [change('start', 'lives'), { until: 'inactive', path: '/v1/services?names=lives' }, change('stop', 'lives')],
  },
  {
    name: 'one that fails after a while',
    steps: [
      change('start', 'fails'),
      { until: 'error', path: '/v1/services?names=fails' },
      change('stop', 'fails'),
      get('/v1/services?names=fails'),
    ],
  },
  { name: 'one that does not hear', steps: [change('start', 'deaf'), change('stop', 'deaf'), all] },
  { name: 'several of which one fails', steps: [change('start', 'a', 'brief', 'b'), all] },
  { name: 'replan of what is the same', steps: [change('replan'), all] },
  {
    name: 'replan of what has changed',
    steps: [
      layer({ services: { a: sleeper({ command: 'sleep 61', override: 'merge' }) } }, 'second'),
      change('replan'),
      all,
    ],
  },
  {
    name: 'replan of what is no longer enabled',
    steps: [layer({ services: { a: { override: 'merge', startup: 'disabled' } } }, 'third'), change('replan'), all],
  },
  one('a signal', post('/v1/signals', { signal: 'SIGCONT', services: ['a'] })),
  one('a signal to one that does not run', post('/v1/signals', { signal: 'SIGCONT', services: ['fails', 'a'] })),
  one('a signal to an unknown one', post('/v1/signals', { signal: 'SIGHUP', services: ['nothing'] })),
  one('a signal without SIG', post('/v1/signals', { signal: 'HUP', services: ['a'] })),
  one('a signal that is none', post('/v1/signals', { signal: 'SIGNOTHING', services: ['a'] })),
  one('a signal in lower case', post('/v1/signals', { signal: 'sighup', services: ['a'] })),
  one('a signal to nobody', post('/v1/signals', { signal: 'SIGHUP', services: [] })),
  { name: 'stop of all', steps: [change('stop', 'a', 'b', 'c'), all] },
  one('metrics', get('/v1/metrics')),
];
