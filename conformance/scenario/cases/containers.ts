// Containers: plan, services, files, commands, checks and notices.

import type { Case, ContainerData, Step } from '../case.ts';

const web: ContainerData = { name: 'web' };
const service = (command: string, more: object = {}) => ({ override: 'replace', summary: 's', command, ...more });
const layer = { summary: 'l', services: { web: service('serve', { startup: 'enabled' }), job: service('work') } };
const planned: ContainerData = { ...web, layers: { base: layer } };
const running: ContainerData = { ...planned, services: { web: 'active' } };
const check = { override: 'replace', level: 'ready', startup: 'enabled', threshold: 3, tcp: { port: 80 } };
const checked: ContainerData = { ...web, layers: { base: { checks: { up: check } } } };
const files: ContainerData = { ...web, files: { '/etc/app.conf': 'port=80' } };

const inReady = (name: string, container: ContainerData, steps: readonly Step[]): Case => ({
  name,
  event: { kind: 'pebble-ready', container: 'web' },
  state: { containers: [container] },
  steps,
});

export const containerCases: readonly Case[] = [
  inReady('a container is ready', web, [['workload'], ['can-connect']]),
  {
    name: 'a container cannot be reached',
    event: { kind: 'start' },
    state: { containers: [{ ...web, canConnect: false }] },
    steps: [['can-connect']],
  },
  {
    name: 'work in a container that cannot be reached',
    event: { kind: 'start' },
    state: { containers: [{ ...web, canConnect: false }] },
    steps: [
      ['try', ['replan']],
      ['try', ['pull', '/a']],
      ['try', ['services']],
    ],
  },
  inReady('an empty plan', web, [['plan'], ['services']]),
  inReady('a plan is there', planned, [['plan'], ['services']]),
  inReady('a layer is added', web, [['add-layer', 'base', layer], ['plan'], ['services']]),
  inReady('a layer is combined', planned, [
    ['add-layer', 'base', { services: { web: service('serve --fast') } }],
    ['plan'],
  ]),
  inReady('a layer lies over another', planned, [
    ['add-layer', 'top', { services: { web: { override: 'merge', command: 'other' } } }],
    ['plan'],
  ]),
  inReady('services are replanned', planned, [['replan'], ['services']]),
  inReady('a service is started', planned, [['start', 'job'], ['services']]),
  inReady('several services are started', planned, [['start', 'job', 'web'], ['services']]),
  inReady('a service is stopped', running, [['stop', 'web'], ['services']]),
  inReady('a service is restarted', running, [['restart', 'web'], ['services']]),
  inReady('a service runs already', running, [['start', 'web'], ['services']]),
  inReady('an unknown service', planned, [['try', ['start', 'none']]]),
  inReady('services stay as they are', running, [['services']]),
  inReady('a charm sets up its workload', web, [['add-layer', 'base', layer], ['replan'], ['status', 'active']]),
  inReady('a file is read', files, [['pull', '/etc/app.conf']]),
  inReady('a file is not there', web, [
    ['try', ['pull', '/none']],
    ['exists', '/none'],
  ]),
  inReady('a file is there', files, [
    ['exists', '/etc/app.conf'],
    ['is-dir', '/etc'],
    ['is-dir', '/etc/app.conf'],
  ]),
  inReady('a file is written', web, [
    ['push', '/srv/a/b.txt', 'text', true],
    ['pull', '/srv/a/b.txt'],
  ]),
  inReady('a file is written where no directory is', web, [['try', ['push', '/no/such/b.txt', 'text']]]),
  inReady('a directory is made', web, [
    ['make-dir', '/srv'],
    ['is-dir', '/srv'],
    ['try', ['make-dir', '/srv']],
  ]),
  inReady('directories are made', web, [
    ['make-dir', '/srv/a/b', true],
    ['is-dir', '/srv/a/b'],
  ]),
  inReady('a directory is made where none is', web, [['try', ['make-dir', '/srv/a/b']]]),
  inReady('files are listed', web, [
    ['push', '/srv/a', '1', true],
    ['push', '/srv/b', '2'],
    ['make-dir', '/srv/c'],
    ['list-files', '/srv'],
  ]),
  inReady('what is not there is listed', web, [['try', ['list-files', '/none']]]),
  inReady('a file is removed', web, [
    ['push', '/srv/a', '1', true],
    ['remove-path', '/srv/a'],
    ['exists', '/srv/a'],
  ]),
  inReady('a tree is removed', web, [
    ['push', '/srv/x/a', '1', true],
    ['try', ['remove-path', '/srv/x']],
    ['remove-path', '/srv/x', true],
    ['exists', '/srv/x'],
  ]),
  inReady('what is not there is removed', web, [
    ['try', ['remove-path', '/none']],
    ['remove-path', '/none', true],
  ]),
  inReady('a command answers', { ...web, execs: [{ prefix: ['ls'], stdout: 'a\nb', stderr: 'warned' }] }, [
    ['exec', ['ls', '-l']],
  ]),
  inReady('a command that nothing answers', web, [['try', ['exec', ['none']]]]),
  inReady('a command gets input', { ...web, execs: [{ prefix: ['cat'] }] }, [['exec', ['cat'], 'input']]),
  inReady('a command fails', { ...web, execs: [{ prefix: ['ls'], exitCode: 2, stderr: 'no' }] }, [
    ['try', ['exec', ['ls']]],
  ]),
  inReady(
    'the longest prefix counts',
    {
      ...web,
      execs: [
        { prefix: ['a'], stdout: '1' },
        { prefix: ['a', 'b'], stdout: '2' },
        { prefix: [], stdout: '0' },
      ],
    },
    [
      ['exec', ['a', 'b', 'c']],
      ['exec', ['a', 'x']],
      ['exec', ['z']],
    ],
  ),
  inReady('checks are told', { ...checked, checks: [{ name: 'up', level: 'ready' }] }, [['checks']]),
  {
    name: 'a check fails',
    event: { kind: 'pebble-check-failed', container: 'web', check: 'up' },
    state: { containers: [{ ...checked, checks: [{ name: 'up', level: 'ready', status: 'down', failures: 3 }] }] },
    steps: [['check-event'], ['workload']],
  },
  {
    name: 'a check recovers',
    event: { kind: 'pebble-check-recovered', container: 'web', check: 'up' },
    state: { containers: [{ ...checked, checks: [{ name: 'up', level: 'ready' }] }] },
    steps: [['check-event']],
  },
  {
    name: 'a notice comes',
    event: { kind: 'pebble-custom-notice', container: 'web', notice: 'example.com/done' },
    state: { containers: [{ ...web, notices: [{ key: 'example.com/done', id: '7', lastData: { size: '5' } }] }] },
    steps: [['notice-event']],
  },
  {
    name: 'two containers',
    event: { kind: 'pebble-ready', container: 'side' },
    state: { containers: [running, { name: 'side' }] },
    steps: [['workload'], ['services']],
  },
  {
    name: 'a container event is deferred',
    event: { kind: 'pebble-ready', container: 'web' },
    state: { containers: [web] },
    steps: [['defer']],
  },
];
