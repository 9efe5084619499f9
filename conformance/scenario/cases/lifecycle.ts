// Statuses, configuration, leadership, versions, ports, logs, stored state, deferral and events of one's own.

import type { Case, Step } from '../case.ts';

const LIFECYCLE = [
  'install',
  'start',
  'stop',
  'remove',
  'config-changed',
  'update-status',
  'upgrade-charm',
  'leader-elected',
];
const STATUSES = ['active', 'blocked', 'maintenance', 'waiting'];

export const lifecycleCases: readonly Case[] = [
  ...LIFECYCLE.map((kind): Case => ({
    name: `${kind} is delivered`,
    event: { kind },
    steps: [['model'], ['version', '1']],
  })),
  ...LIFECYCLE.map((kind): Case => ({
    name: `${kind} may be deferred, or not`,
    event: { kind },
    steps: [['try', ['defer']]],
  })),
  ...STATUSES.map((name): Case => ({
    name: `status ${name} is set`,
    event: { kind: 'start' },
    steps: [['status', name, 'why'], ['read-status']],
  })),
  {
    name: 'statuses that only Juju sets are refused',
    event: { kind: 'start' },
    steps: [
      ['try', ['status', 'error', 'x']],
      ['try', ['status', 'unknown']],
    ],
  },
  {
    name: 'the history holds what was before each status',
    event: { kind: 'start' },
    state: { unitStatus: ['waiting', 'first'] },
    steps: [
      ['status', 'maintenance', 'second'],
      ['status', 'active'],
    ],
  },
  {
    name: 'a status is read before it is set',
    event: { kind: 'start' },
    state: { unitStatus: ['blocked', 'b'], appStatus: ['active', 'a'], leader: true },
    steps: [['read-status'], ['read-app-status']],
  },
  {
    name: 'the leader sets the status of the application',
    event: { kind: 'leader-elected' },
    state: { leader: true },
    steps: [
      ['app-status', 'active', 'led'],
      ['app-status', 'blocked', 'again'],
    ],
  },
  {
    name: 'a follower does not',
    event: { kind: 'start' },
    steps: [
      ['try', ['app-status', 'active']],
      ['try', ['read-app-status']],
    ],
  },
  {
    name: 'statuses are collected, the most important first',
    event: { kind: 'start' },
    state: { leader: true },
    handlers: {
      'collect-unit-status': [
        ['add-status', 'active'],
        ['add-status', 'waiting', 'w'],
        ['add-status', 'blocked', 'b'],
      ],
      'collect-app-status': [['add-status', 'maintenance', 'm']],
    },
  },
  {
    name: 'of equal statuses the first counts',
    event: { kind: 'start' },
    handlers: {
      'collect-unit-status': [
        ['add-status', 'waiting', 'one'],
        ['add-status', 'waiting', 'two'],
      ],
    },
  },
  {
    name: 'a follower collects no status of the application',
    event: { kind: 'start' },
    handlers: { 'collect-app-status': [['add-status', 'active']] },
  },
  {
    name: 'the end of a dispatch may be all there is',
    event: { kind: 'collect-unit-status' },
    steps: [['add-status', 'active', 'a']],
  },
  { name: 'configuration has its defaults', event: { kind: 'config-changed' }, steps: [['config']] },
  {
    name: 'configuration is what the user has set',
    event: { kind: 'config-changed' },
    state: { config: { port: 80, title: 'Home', ratio: 1.5, debug: true } },
    steps: [['config']],
  },
  { name: 'a unit leads', event: { kind: 'start' }, state: { leader: true }, steps: [['is-leader']] },
  { name: 'a unit follows', event: { kind: 'start' }, steps: [['is-leader']] },
  { name: 'units are planned', event: { kind: 'start' }, state: { plannedUnits: 4 }, steps: [['planned-units']] },
  { name: 'no units are planned', event: { kind: 'start' }, state: { plannedUnits: 0 }, steps: [['planned-units']] },
  { name: 'a unit has its number', event: { kind: 'start' }, context: { unit_id: 7 }, steps: [['model']] },
  {
    name: 'versions are remembered, but for the empty one',
    event: { kind: 'start' },
    steps: [
      ['version', '1'],
      ['version', '2'],
      ['version', '3'],
    ],
  },
  {
    name: 'a version is there already',
    event: { kind: 'start' },
    state: { workloadVersion: '0' },
    steps: [['version', '1']],
  },
  {
    name: 'ports are opened',
    event: { kind: 'start' },
    steps: [['open-port', 'tcp', 80], ['open-port', 'udp', 53], ['ports']],
  },
  { name: 'icmp is opened', event: { kind: 'start' }, steps: [['open-port', 'icmp'], ['ports']] },
  {
    name: 'ports are closed',
    event: { kind: 'start' },
    state: {
      ports: [
        ['tcp', 80],
        ['udp', 53],
      ],
    },
    steps: [['close-port', 'tcp', 80], ['ports']],
  },
  {
    name: 'a port that is not open is closed',
    event: { kind: 'start' },
    state: { ports: [['tcp', 80]] },
    steps: [['close-port', 'tcp', 81]],
  },
  {
    name: 'ports are set, and all others closed',
    event: { kind: 'start' },
    state: {
      ports: [
        ['tcp', 80],
        ['udp', 53],
      ],
    },
    steps: [['set-ports', 80, 443], ['ports']],
  },
  { name: 'no ports are set', event: { kind: 'start' }, state: { ports: [['tcp', 80]] }, steps: [['set-ports']] },
  {
    name: 'lines are logged',
    event: { kind: 'start' },
    steps: [
      ['log', 'INFO', 'say one'],
      ['log', 'WARNING', 'say two %s'],
      ['log', 'ERROR', 'say three'],
    ],
  },
  {
    name: 'stored state begins with its defaults',
    event: { kind: 'start' },
    steps: [['read-count'], ['count', 2], ['read-count']],
  },
  {
    name: 'stored state is there',
    event: { kind: 'start' },
    state: { stored: { count: 5 } },
    steps: [['read-count'], ['count', 1]],
  },
  {
    name: 'stored state is left alone',
    event: { kind: 'start' },
    state: { stored: { count: 5 } },
    steps: [['read-count']],
  },
  { name: 'what is deferred is in the state', event: { kind: 'config-changed' }, steps: [['defer']] },
  {
    name: 'what was deferred comes first',
    event: { kind: 'start' },
    deferred: [{ kind: 'config-changed' }],
    steps: [['status', 'active', 'start']],
    handlers: { 'config-changed': [['status', 'waiting', 'deferred']] },
  },
  {
    name: 'what was deferred is deferred again',
    event: { kind: 'start' },
    deferred: [{ kind: 'config-changed' }],
    handlers: { 'config-changed': [['defer'], ['version', '1']] },
  },
  {
    name: 'a deferred event and an equal new one',
    event: { kind: 'config-changed' },
    deferred: [{ kind: 'config-changed' }],
    steps: [['count', 1]],
  },
  {
    name: 'a deferred event and an equal new one, deferred again',
    event: { kind: 'config-changed' },
    deferred: [{ kind: 'config-changed' }],
    steps: [['count', 1], ['defer']],
  },
  {
    name: 'an event of its own is delivered at once',
    event: { kind: 'start' },
    steps: [
      ['status', 'waiting', 'before'],
      ['emit', 'x'],
      ['status', 'active', 'after'],
    ],
    handlers: { ready: [['payload'], ['status', 'maintenance', 'ready']] },
  },
  {
    name: 'an event of its own is deferred',
    event: { kind: 'start' },
    steps: [['emit', 'x']],
    handlers: { ready: [['defer']] },
  },
  { name: 'an event of its own that nobody observes', event: { kind: 'start' }, steps: [['emit', 'x']] },
  { name: 'nobody observes the event', event: { kind: 'update-status' } },
  {
    name: 'the charm throws',
    event: { kind: 'start' },
    steps: [
      ['status', 'active'],
      ['raise', 'oh'],
    ],
  },
  {
    name: 'the charm throws while it collects',
    event: { kind: 'start' },
    handlers: { 'collect-unit-status': [['raise', 'oh']] },
  },
  { name: 'a network has its default', event: { kind: 'start' }, steps: [['network', 'db']] },
  { name: 'an extra binding has a network', event: { kind: 'start' }, steps: [['network', 'admin']] },
  { name: 'peers have a network', event: { kind: 'start' }, steps: [['network', 'peers']] },
  {
    name: 'a network is given',
    event: { kind: 'start' },
    state: { networks: [{ binding: 'db', address: '10.1.2.3', ingress: '10.1.2.4', egress: '10.1.2.0/24' }] },
    steps: [
      ['network', 'db'],
      ['network', 'site'],
    ],
  },
  {
    name: 'a cloud is told to who is trusted',
    event: { kind: 'start' },
    context: { app_trusted: true },
    state: { cloud: true, modelType: 'lxd' },
    steps: [['cloud-spec']],
  },
  {
    name: 'a cloud is not told to others',
    event: { kind: 'start' },
    state: { cloud: true, modelType: 'lxd' },
    steps: [['try', ['cloud-spec']]],
  },
  {
    name: 'there is no cloud to tell',
    event: { kind: 'start' },
    context: { app_trusted: true },
    steps: [['try', ['cloud-spec']]],
  },
  {
    name: 'a resource is there',
    event: { kind: 'start' },
    state: { resources: { page: '/tmp/page.html' } },
    steps: [['resource', 'page']],
  },
  ...storageCases(),
  ...actionCases(),
];

function storageCases(): readonly Case[] {
  const storages = [
    { name: 'data', index: 0 },
    { name: 'data', index: 1 },
  ];
  return [
    { name: 'storages are listed', event: { kind: 'start' }, state: { storages }, steps: [['storages', 'data']] },
    { name: 'no storages are listed', event: { kind: 'start' }, steps: [['storages', 'data']] },
    {
      name: 'storage is attached',
      event: { kind: 'storage-attached', storage: 'data/1' },
      state: { storages },
      steps: [['event-storage']],
    },
    {
      name: 'storage is detaching',
      event: { kind: 'storage-detaching', storage: 'data/0' },
      state: { storages },
      steps: [['event-storage']],
    },
    {
      name: 'storage is asked for',
      event: { kind: 'start' },
      steps: [
        ['request-storage', 'data', 3],
        ['request-storage', 'data', 1],
      ],
    },
  ];
}

function actionCases(): readonly Case[] {
  const backup = (params: object = {}) => ({
    kind: 'action',
    action: 'backup',
    params: params as Record<string, unknown>,
  });
  const act = (name: string, steps: readonly Step[], params: object = {}): Case => ({
    name,
    event: backup(params),
    steps,
  });
  return [
    act('an action has its parameters', [['params']], {
      file: 'a',
      level: 3,
      deep: true,
      tags: ['x'],
      options: { k: 'v' },
    }),
    act('an action has no parameters', [['params']]),
    act('an action gives results', [
      ['results', { file: 'a.tar' }],
      ['results', { size: '5' }],
    ]),
    act('an action logs', [
      ['action-log', 'one'],
      ['action-log', 'two'],
    ]),
    act('an action fails', [
      ['results', { file: 'a' }],
      ['fail', 'no space'],
      ['status', 'blocked', 'b'],
    ]),
    act('an action fails twice', [
      ['fail', 'one'],
      ['fail', 'two'],
    ]),
    act('an action cannot be deferred', [['try', ['defer']]]),
    act('an action crashes', [['raise', 'oh']]),
    act('an action sets a status', [['status', 'active', 'done']]),
    {
      name: 'an action with a hyphen',
      event: { kind: 'action', action: 'do-it' },
      steps: [['results', { done: 'yes' }]],
    },
  ];
}
