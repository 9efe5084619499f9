// Layers, and the plan that they make.

import { type Case, get, layer, one, post, type Step } from '../case.ts';

const plan = get('/v1/plan?format=yaml');
const then = (name: string, ...steps: readonly Step[]): Case => ({ name, steps: [...steps, plan] });
const web = { override: 'replace', command: 'sleep 60' };
const refused = (name: string, value: object | string): Case => one(`refused: ${name}`, layer(value, 'bad'));
const service = (fields: object) => ({ services: { bad: { override: 'replace', command: 'x', ...fields } } });
const check = (fields: object) => ({ checks: { bad: { override: 'replace', ...fields } } });
const target = (fields: object) => ({
  'log-targets': { bad: { override: 'replace', type: 'loki', location: 'http://x', services: ['all'], ...fields } },
});

export const layers: readonly Case[] = [
  then('an empty plan'),
  one('a plan in no format', get('/v1/plan')),
  one('a plan in another format', get('/v1/plan?format=json')),
  then('a first layer', layer({ summary: 'S', description: 'D', services: { web } })),
  one('the same label again', layer({ services: {} })),
  then(
    'combined into it',
    layer({ services: { web: { override: 'merge', summary: 'Web' } } }, 'base', { combine: true }),
  ),
  then(
    'merged on top',
    layer(
      { services: { web: { override: 'merge', after: ['x'], environment: { A: '1', B: 'yes', C: '012' } } } },
      'second',
    ),
  ),
  then(
    'lists are appended, mappings updated',
    layer({ services: { web: { override: 'merge', after: ['x', 'y'], environment: { A: '2', D: '' } } } }, 'third'),
  ),
  then(
    'everything that a service has',
    layer(
      {
        services: {
          all: {
            override: 'replace',
            summary: 's',
            description: 'd',
            command: 'sh -c "a b" [ --c ]',
            startup: 'enabled',
            after: ['web'],
            before: ['x'],
            requires: ['web'],
            environment: { K: 'v' },
            user: 'root',
            'user-id': 0,
            group: 'root',
            'group-id': 0,
            'working-dir': '/tmp',
            'on-success': 'ignore',
            'on-failure': 'shutdown',
            'on-check-failure': { up: 'restart' },
            'backoff-delay': '1s',
            'backoff-factor': 1.5,
            'backoff-limit': '90s',
            'kill-delay': '100ms',
          },
        },
      },
      'full',
    ),
  ),
  then(
    'all kinds of checks',
    layer(
      {
        checks: {
          http: {
            override: 'replace',
            level: 'alive',
            startup: 'disabled',
            period: '1h',
            timeout: '1.5s',
            http: { url: 'http://localhost:1/', headers: { A: 'b' } },
          },
          tcp: {
            override: 'replace',
            level: 'ready',
            startup: 'disabled',
            threshold: 7,
            tcp: { port: 1, host: 'localhost' },
          },
          exec: {
            override: 'replace',
            startup: 'disabled',
            exec: {
              command: 'true x',
              'service-context': 'all',
              environment: { A: 'b' },
              user: 'root',
              'working-dir': '/',
            },
          },
        },
      },
      'checks',
    ),
  ),
  then(
    'log targets',
    layer(
      {
        'log-targets': {
          a: {
            override: 'replace',
            type: 'loki',
            location: 'http://localhost:1',
            services: ['-all'],
            labels: { x: '$Y' },
          },
          b: { override: 'merge', type: 'opentelemetry', location: 'http://localhost:2', services: ['web', '-web'] },
        },
      },
      'targets',
    ),
  ),
  then(
    'log targets merged',
    layer({ 'log-targets': { a: { override: 'merge', services: ['web'], labels: { z: '1' } } } }, 'targets2'),
  ),
  then(
    'a replaced check',
    layer({ checks: { tcp: { override: 'replace', startup: 'disabled', tcp: { port: 2 } } } }, 'checks2'),
  ),
  then(
    'a merged check',
    layer({ checks: { tcp: { override: 'merge', period: '5s', tcp: { host: 'h' } } } }, 'checks3'),
  ),
  then(
    'YAML',
    layer('summary: Y\nservices:\n  yaml:\n    override: replace\n    command: >-\n      sleep\n      5\n', 'yaml'),
  ),
  then(
    'anchors',
    layer('services:\n  a: &a {override: replace, command: one}\n  b: {<<: *a, command: two}\n', 'anchors'),
  ),
  then(
    'strings that look like something else',
    layer(
      {
        services: {
          odd: {
            ...web,
            environment: {
              a: '1',
              b: 'true',
              c: 'null',
              d: '1.5',
              e: '~',
              f: 'a: b',
              g: ' x ',
              h: '#',
              i: 'line\nline',
              j: '0x1',
              k: "it's",
              l: '"q"',
              m: '2020-01-01',
              n: '',
            },
          },
        },
      },
      'odd',
    ),
  ),
  then('an odd startup', layer({ services: { sometimes: { ...web, startup: 'sometimes' } } }, 'sometimes')),
  then('a sub-directory', layer({ services: { sub: web } }, 'dir/a')),
  then('another in it', layer({ services: { sub: { ...web, command: 'x' } } }, 'dir/b')),
  then('one after it', layer({ services: { sub: { ...web, command: 'y' } } }, 'last')),
  one('between others, unasked', layer({ services: { sub: web } }, 'dir/c')),
  then('between others, asked', layer({ services: { sub: { ...web, command: 'z' } } }, 'dir/c', { inner: true })),
  one('no label', layer({}, '')),
  one('a reserved label', layer({}, 'pebble-x')),
  one('no format', post('/v1/layers', { action: 'add', label: 'x', layer: '' })),
  refused('a list', '[]'),
  refused('text', 'hello'),
  refused('an unknown section', { web: {} }),
  refused('services that are a list', 'services: []'),
  refused('a service that is null', 'services: {a: null}'),
  refused('an unknown field', service({ typo: 1 })),
  refused(
    'several wrong fields',
    'services:\n  bad:\n    override: merge\n    typo: 1\n    after: 3\n    user-id: x\n',
  ),
  refused('no override', { services: { bad: { command: 'x' } } }),
  refused('an unknown override', { services: { bad: { override: 'maybe', command: 'x' } } }),
  refused('no command', { services: { bad: { override: 'replace' } } }),
  refused('an unclosed quote', service({ command: 'sh -c "x' })),
  refused('brackets nested', service({ command: 'a [ b [ c ] ]' })),
  refused('brackets first', service({ command: '[ a ]' })),
  refused('a reserved name', { services: { pebble: web } }),
  refused('a dash at the start', { services: { '-x': web } }),
  refused('an empty name', { services: { '': web } }),
  refused('an unknown requirement', service({ requires: ['nothing'] })),
  refused('a loop', { services: { a: { ...web, after: ['b'] }, b: { ...web, after: ['a'] } } }),
  refused('on-success', service({ 'on-success': 'success-shutdown' })),
  refused('on-failure', service({ 'on-failure': 'failure-shutdown' })),
  refused('on-check-failure', service({ 'on-check-failure': { up: 'x' } })),
  refused('a small backoff factor', service({ 'backoff-factor': 0.5 })),
  refused('a backoff factor that is text', service({ 'backoff-factor': 'x' })),
  refused('a duration without a unit', service({ 'kill-delay': '5' })),
  refused('a duration that is a list', 'services: {bad: {override: replace, command: x, kill-delay: [1]}}'),
  refused('a check without a type', check({})),
  refused('a check with two types', check({ tcp: { port: 1 }, exec: { command: 'x' } })),
  refused('an HTTP check without a URL', check({ http: { headers: { a: 'b' } } })),
  refused('a TCP check without a port', check({ tcp: { host: 'a' } })),
  refused('an exec check without a command', check({ exec: { user: 'root' } })),
  refused('a check as a group alone', check({ exec: { command: 'x', group: 'root' } })),
  refused('a command with an open quote', check({ exec: { command: '"x' } })),
  refused('a context that is not there', check({ exec: { command: 'x', 'service-context': 'nothing' } })),
  refused('a level', check({ level: 'x', tcp: { port: 1 } })),
  refused('a startup', check({ startup: 'x', tcp: { port: 1 } })),
  refused('a period of zero', check({ period: '0s', tcp: { port: 1 } })),
  refused('a timeout of zero', check({ timeout: '0s', tcp: { port: 1 } })),
  refused('a target type', target({ type: 'x' })),
  refused('a target without a type', { 'log-targets': { bad: { override: 'replace', location: 'x' } } }),
  refused('a target without a location', {
    'log-targets': { bad: { override: 'replace', type: 'loki', services: ['all'] } },
  }),
  refused('a target for an unknown service', target({ services: ['nothing'] })),
  refused('a reserved label of a target', target({ labels: { pebble_x: 'y' } })),
  then('after all of these'),
];
