// Beginnings, configuration, leadership, statuses, and what is said of the model.

import type { Call, Script } from '../script.ts';

const BEGIN: Call = ['begin'];
const START: Call = ['beginWithInitialHooks'];
/** One endpoint only, since Python shuffles them. */
const small = { name: 'app', requires: { db: { interface: 'sql' } } };

export const lifecycleScripts: readonly Script[] = [
  { name: 'begin emits nothing', calls: [BEGIN, ['status'], ['charmIsThere']] },
  { name: 'begin twice', calls: [BEGIN, BEGIN] },
  { name: 'the charm before begin', calls: [['charmIsThere'], ['evaluateStatus'], ['runAction', 'greet']] },
  { name: 'a constructor that throws', handlers: { init: [] }, calls: [BEGIN, ['charmIsThere']] },
  { name: 'initial hooks of a bare charm', meta: { name: 'app' }, calls: [START, ['status']] },
  { name: 'initial hooks of a leader', meta: { name: 'app' }, calls: [['setLeader', true], START] },
  {
    name: 'initial hooks make peers',
    meta: { name: 'app', peers: { cluster: { interface: 'c' } } },
    calls: [START, ['relations', 'cluster']],
  },
  {
    name: 'initial hooks keep peers',
    meta: { name: 'app', peers: { cluster: { interface: 'c' } } },
    calls: [
      ['addRelation', 'cluster', 'app'],
      ['addRelationUnit', 0, 'app/2'],
      ['addRelationUnit', 0, 'app/1'],
      ['updateRelationData', 0, 'app', { a: '1' }],
      START,
    ],
  },
  { name: 'initial hooks with a relation', meta: small, calls: [['addRelation', 'db', 'pg'], START] },
  {
    name: 'initial hooks with units and data',
    meta: small,
    calls: [
      ['addRelation', 'db', 'pg', { options: { appData: { a: '1' }, unitData: { b: '2' } } }],
      ['addRelationUnit', 0, 'pg/1'],
      START,
    ],
  },
  {
    name: 'initial hooks with units in order',
    meta: small,
    calls: [
      ['addRelation', 'db', 'pg'],
      ['addRelationUnit', 0, 'pg/2'],
      ['addRelationUnit', 0, 'pg/10'],
      ['addRelationUnit', 0, 'pg/1'],
      START,
    ],
  },
  {
    name: 'initial hooks with containers',
    meta: { name: 'app', containers: { web: {}, side: {} } },
    calls: [START, ['canConnect', 'web'], ['canConnect', 'side']],
  },
  {
    name: 'initial hooks with storage',
    meta: { name: 'app', storage: { data: { type: 'filesystem' } } },
    calls: [['addStorage', 'data', { options: { count: 2 } }], START, ['storages', 'data']],
  },
  {
    name: 'initial hooks with attached storage',
    meta: { name: 'app', storage: { data: { type: 'filesystem' } } },
    calls: [['addStorage', 'data', { options: { attach: true } }], START],
  },
  {
    name: 'initial hooks keep the status of the charm',
    meta: { name: 'app' },
    handlers: { start: [['status', 'active', 'up']] },
    calls: [START, ['status']],
  },
  {
    name: 'initial hooks keep maintenance with a message',
    meta: { name: 'app' },
    handlers: { start: [['status', 'maintenance', 'busy']] },
    calls: [START, ['status']],
  },
  { name: 'initial hooks twice', meta: { name: 'app' }, calls: [START, START] },
  {
    name: 'a hook that throws ends them',
    meta: { name: 'app' },
    handlers: { 'config-changed': [['crash']] },
    calls: [START],
  },
  { name: 'configuration has defaults', calls: [BEGIN, ['config']] },
  { name: 'configuration before begin', calls: [['updateConfig', { port: 1, name: 'x' }], BEGIN, ['config']] },
  {
    name: 'configuration after begin',
    handlers: {
      'config-changed': [
        ['config', 'port'],
        ['config', 'name'],
      ],
    },
    calls: [BEGIN, ['updateConfig', { port: 1 }], ['updateConfig', { name: 'x' }], ['config']],
  },
  {
    name: 'the same configuration again',
    calls: [BEGIN, ['updateConfig', { port: 80 }], ['updateConfig', { port: 80 }]],
  },
  { name: 'no configuration', calls: [BEGIN, ['updateConfig'], ['updateConfig', {}]] },
  {
    name: 'configuration is unset to its default',
    calls: [
      BEGIN,
      ['updateConfig', { port: 1, name: 'x' }],
      ['updateConfig', {}, { options: { unset: ['port', 'name'] } }],
      ['config'],
    ],
  },
  {
    name: 'set and unset in one',
    calls: [BEGIN, ['updateConfig', { port: 1, name: 'x' }, { options: { unset: ['port'] } }], ['config']],
  },
  {
    name: 'unset of what is not declared',
    calls: [BEGIN, ['updateConfig', {}, { options: { unset: ['nope'] } }], ['config']],
  },
  {
    name: 'a value of null changes nothing',
    calls: [BEGIN, ['updateConfig', { port: 5 }], ['updateConfig', { port: null }], ['config']],
  },
  { name: 'an unknown option', calls: [BEGIN, ['updateConfig', { nope: 1 }], ['config']] },
  { name: 'a number for a string', calls: [BEGIN, ['updateConfig', { name: 1 }]] },
  { name: 'a string for a number', calls: [BEGIN, ['updateConfig', { port: '1' }]] },
  { name: 'a boolean for a number', calls: [BEGIN, ['updateConfig', { port: true }]] },
  { name: 'a fraction for an integer', calls: [BEGIN, ['updateConfig', { port: 1.5 }]] },
  { name: 'a string for a boolean', calls: [BEGIN, ['updateConfig', { debug: 'true' }]] },
  { name: 'a fraction', calls: [BEGIN, ['updateConfig', { rate: 1.5, debug: true }], ['config']] },
  {
    name: 'configuration with hooks disabled',
    calls: [BEGIN, ['withHooksDisabled', ['updateConfig', { port: 2 }]], ['config']],
  },
  {
    name: 'deferred configuration',
    handlers: { 'config-changed': [['defer']] },
    calls: [BEGIN, ['updateConfig', { port: 2 }], ['updateConfig', { port: 3 }], ['reemit']],
  },
  {
    name: 'leadership',
    calls: [
      BEGIN,
      ['isLeader'],
      ['setLeader', true],
      ['isLeader'],
      ['setLeader', true],
      ['setLeader', false],
      ['isLeader'],
    ],
  },
  { name: 'leadership by default', calls: [BEGIN, ['setLeader'], ['isLeader']] },
  {
    name: 'leadership before begin',
    handlers: { 'leader-elected': [['leads']] },
    calls: [['setLeader', true], BEGIN, ['isLeader']],
  },
  { name: 'leadership with hooks disabled', calls: [BEGIN, ['withHooksDisabled', ['setLeader', true]], ['isLeader']] },
  { name: 'status of a fresh unit', calls: [['status'], BEGIN, ['status']] },
  {
    name: 'status that a handler sets',
    handlers: { 'config-changed': [['status', 'blocked', 'no']] },
    calls: [BEGIN, ['updateConfig', { port: 1 }], ['status']],
  },
  {
    name: 'status is collected',
    handlers: {
      'collect-unit-status': [
        ['add-status', 'active'],
        ['add-status', 'blocked', 'no'],
      ],
    },
    calls: [BEGIN, ['evaluateStatus'], ['status']],
  },
  {
    name: 'status is collected each time',
    handlers: { 'collect-unit-status': [['add-status', 'waiting', 'w']] },
    calls: [BEGIN, ['evaluateStatus'], ['evaluateStatus'], ['status']],
  },
  { name: 'nothing is collected', calls: [BEGIN, ['evaluateStatus'], ['status']] },
  {
    name: 'status of the application is for the leader',
    handlers: { 'collect-app-status': [['add-status', 'active', 'all']] },
    calls: [BEGIN, ['evaluateStatus'], ['setLeader', true], ['evaluateStatus'], ['appStatus']],
  },
  {
    name: 'status of the application',
    calls: [['setLeader', true], BEGIN, ['appStatus'], ['setLeader', false], ['appStatus']],
  },
  {
    name: 'planned units',
    calls: [
      BEGIN,
      ['planned'],
      ['setPlannedUnits', 5],
      ['planned'],
      ['setPlannedUnits', 0],
      ['planned'],
      ['resetPlannedUnits'],
      ['planned'],
      ['setPlannedUnits', -1],
    ],
  },
  { name: 'the model has a name', calls: [['setModelName', 'prod'], BEGIN, ['modelName'], ['setModelName', 'late']] },
  {
    name: 'the model has an id',
    calls: [['setModelUuid', '11111111-2222-4333-8444-555555555555'], BEGIN, ['modelUuid'], ['setModelUuid', 'late']],
  },
  {
    name: 'the model has both',
    calls: [
      ['setModelInfo', { options: { name: 'n', uuid: '11111111-2222-4333-8444-555555555555' } }],
      BEGIN,
      ['modelName'],
      ['modelUuid'],
    ],
  },
  {
    name: 'the version of the workload',
    handlers: { 'config-changed': [['version', '1.2']] },
    calls: [BEGIN, ['version'], ['updateConfig', { port: 1 }], ['version']],
  },
  {
    name: 'ports',
    handlers: {
      'config-changed': [
        ['port', 80],
        ['port', 443],
        ['port', 80],
      ],
    },
    calls: [BEGIN, ['updateConfig', { port: 1 }], ['ports']],
  },
  {
    name: 'reboots',
    meta: { name: 'app', config: { options: { port: { type: 'int', default: 1 } } } },
    handlers: { 'config-changed': [['reboot']] },
    calls: [BEGIN, ['reboots'], ['updateConfig', { port: 1 }], ['updateConfig', { port: 2 }], ['reboots']],
  },
  { name: 'a resource that is a file', calls: [['addResource', 'blob', 'content'], BEGIN, ['resource', 'blob']] },
  {
    name: 'a resource that is an image',
    calls: [['addOciResource', 'image', { registrypath: 'r' }], BEGIN, ['resource', 'image']],
  },
  {
    name: 'resources that cannot be',
    calls: [
      ['addResource', 'nope', 'x'],
      ['addResource', 'image', 'x'],
      ['addOciResource', 'blob'],
      ['addOciResource', 'nope'],
      BEGIN,
      ['resource', 'blob'],
    ],
  },
];
