// Storage, containers and secrets.

import type { Call, Script } from '../script.ts';

const BEGIN: Call = ['begin'];
const PG: Call = ['addRelation', 'db', 'pg'];
const PASSWORD = { password: 'one' };
const other: Call = ['addModelSecret', 'pg', PASSWORD];

export const nounScripts: readonly Script[] = [
  { name: 'storage that is not attached', calls: [BEGIN, ['addStorage', 'data'], ['storages', 'data']] },
  {
    name: 'storage that is attached at once',
    handlers: { 'data-storage-attached': [['storages', 'data']] },
    calls: [BEGIN, ['addStorage', 'data', { options: { attach: true } }], ['storages', 'data']],
  },
  {
    name: 'several instances',
    calls: [
      BEGIN,
      ['addStorage', 'data', { options: { count: 2, attach: true } }],
      ['addStorage', 'logs', { options: { attach: true } }],
      ['addStorage', 'data'],
      ['storages', 'data'],
    ],
    meta: { name: 'app', storage: { data: { type: 'filesystem' }, logs: { type: 'filesystem' } } },
  },
  {
    name: 'storage is attached later',
    calls: [['addStorage', 'data'], BEGIN, ['attachStorage', 'data/0'], ['attachStorage', 'data/0']],
  },
  {
    name: 'storage is detached and attached',
    calls: [
      ['addStorage', 'data', { options: { attach: true } }],
      BEGIN,
      ['detachStorage', 'data/0'],
      ['attachStorage', 'data/0'],
      ['storages', 'data'],
    ],
  },
  {
    name: 'what is detached is not detached again',
    calls: [['addStorage', 'data'], BEGIN, ['detachStorage', 'data/0']],
  },
  {
    name: 'storage is removed',
    calls: [
      ['addStorage', 'data', { options: { attach: true } }],
      BEGIN,
      ['removeStorage', 'data/0'],
      ['addStorage', 'data'],
    ],
  },
  {
    name: 'storage is removed without being attached',
    calls: [['addStorage', 'data'], BEGIN, ['removeStorage', 'data/0'], ['storages', 'data']],
  },
  {
    name: 'storage with hooks disabled',
    calls: [
      BEGIN,
      ['withHooksDisabled', ['addStorage', 'data', { options: { attach: true } }], ['detachStorage', 'data/0']],
      ['storages', 'data'],
    ],
  },
  { name: 'storage that is not there', calls: [['begin'], ['attachStorage', 'data/7']] },
  { name: 'unknown storage', calls: [BEGIN, ['addStorage', 'nope'], ['removeStorage', 'nope/0']] },
  {
    name: 'detached before begin',
    calls: [
      ['addStorage', 'data', { options: { attach: true } }],
      ['detachStorage', 'data/0'],
    ],
  },
  {
    name: 'the charm asks for storage',
    handlers: { 'config-changed': [['request', 'data', 1]] },
    calls: [
      BEGIN,
      ['updateConfig', { port: 1 }],
      ['storages', 'data'],
      ['attachStorage', 'data/0'],
      ['storages', 'data'],
    ],
  },
  { name: 'a container cannot connect at first', calls: [BEGIN, ['canConnect', 'web'], ['planOf', 'web']] },
  {
    name: 'a container connects',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['canConnect', 'web'],
      ['canConnect', 'side'],
      ['setCanConnect', 'web', false],
      ['canConnect', 'web'],
    ],
  },
  {
    name: 'pebble-ready',
    calls: [
      ['containerPebbleReady', 'web'],
      ['canConnect', 'web'],
      BEGIN,
      ['containerPebbleReady', 'web'],
      ['canConnect', 'web'],
      ['containerPebbleReady', 'web'],
    ],
  },
  { name: 'pebble-ready with hooks disabled', calls: [BEGIN, ['withHooksDisabled', ['containerPebbleReady', 'web']]] },
  {
    name: 'an unknown container',
    calls: [BEGIN, ['containerPebbleReady', 'nope'], ['setCanConnect', 'nope', true], ['planOf', 'nope']],
  },
  {
    name: 'the plan of a workload',
    handlers: { 'web-pebble-ready': [['layer', 'srv', 'run it']] },
    calls: [
      BEGIN,
      ['containerPebbleReady', 'web'],
      ['planOf', 'web'],
      ['services', 'web'],
      ['containerPebbleReady', 'web'],
      ['planOf', 'web'],
    ],
  },
  {
    name: 'files that the charm writes',
    handlers: { 'web-pebble-ready': [['push', '/etc/app/conf', 'x=1']] },
    calls: [BEGIN, ['containerPebbleReady', 'web'], ['file', 'web', '/etc/app/conf']],
  },
  {
    name: 'files that the charm reads',
    handlers: { 'web-pebble-ready': [['pull', '/etc/host']] },
    calls: [BEGIN, ['file', 'web', '/etc/host', 'here'], ['containerPebbleReady', 'web']],
  },
  {
    name: 'a command',
    handlers: { 'web-pebble-ready': [['exec', ['ls', '/']]] },
    calls: [BEGIN, ['execResult', 'web', ['ls'], 'etc\n'], ['containerPebbleReady', 'web']],
  },
  {
    name: 'the longest beginning counts',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['execResult', 'web', [], 'any'],
      ['execResult', 'web', ['ls'], 'ls'],
      ['execResult', 'web', ['ls', '-l'], 'long'],
      ['run', 'web', ['ls']],
      ['run', 'web', ['ls', '-l', '/']],
      ['run', 'web', ['cat']],
    ],
  },
  {
    name: 'a command again',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['execResult', 'web', ['ls'], 'one'],
      ['execResult', 'web', ['ls'], 'two'],
      ['run', 'web', ['ls']],
    ],
  },
  {
    name: 'a command that fails',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['execResult', 'web', ['ls'], 3],
      ['run', 'web', ['ls']],
      ['execResult', 'web', ['ls'], { exitCode: 1, stdout: 'o', stderr: 'e' }],
      ['run', 'web', ['ls']],
    ],
  },
  {
    name: 'both outputs of a command',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['execResult', 'web', ['ls'], { stdout: 'o', stderr: 'e' }],
      ['run', 'web', ['ls']],
    ],
  },
  {
    name: 'a notice',
    calls: [
      BEGIN,
      ['setCanConnect', 'web', true],
      ['pebbleNotify', 'web', 'a.com/x'],
      ['pebbleNotify', 'web', 'a.com/x'],
      ['pebbleNotify', 'web', 'a.com/y'],
      ['pebbleNotify', 'side', 'a.com/x'],
    ],
  },
  {
    name: 'a notice before begin',
    calls: [['pebbleNotify', 'web', 'a.com/x'], BEGIN, ['pebbleNotify', 'web', 'a.com/x']],
  },
  { name: 'a notice of an unknown container', calls: [BEGIN, ['pebbleNotify', 'nope', 'a.com/x']] },
  {
    name: 'a secret of another',
    calls: [PG, other, BEGIN, ['secretContent', '$1'], ['grantSecret', '$1', 'app'], ['secretContent', '$1']],
  },
  {
    name: 'a secret granted to the unit',
    calls: [PG, other, BEGIN, ['grantSecret', '$1', 'app/0'], ['secretContent', '$1'], ['getSecretGrants', '$1', 0]],
  },
  {
    name: 'a secret of a remote unit',
    calls: [PG, ['addModelSecret', 'pg/0', PASSWORD], BEGIN, ['grantSecret', '$1', 'app'], ['secretContent', '$1']],
  },
  {
    name: 'a secret without a relation',
    calls: [other, BEGIN, ['grantSecret', '$0', 'app'], ['secretContent', '$0'], ['revokeSecret', '$0', 'app']],
  },
  {
    name: 'a secret that is revoked',
    calls: [
      PG,
      other,
      BEGIN,
      ['grantSecret', '$1', 'app'],
      ['revokeSecret', '$1', 'app'],
      ['secretContent', '$1'],
      ['getSecretGrants', '$1', 0],
    ],
  },
  {
    name: 'grants end with the relation',
    calls: [
      PG,
      other,
      BEGIN,
      ['grantSecret', '$1', 'app'],
      ['removeRelation', 0],
      ['secretContent', '$1'],
      ['getSecretGrants', '$1', 0],
    ],
  },
  {
    name: 'new content of a secret',
    handlers: { 'secret-changed': [['secret', 'peek'], ['secret'], ['secret', 'refresh']] },
    calls: [
      PG,
      other,
      BEGIN,
      ['grantSecret', '$1', 'app'],
      ['secretContent', '$1'],
      ['label', '$1', 'mine'],
      ['setSecretContent', '$1', { password: 'two' }],
      ['getSecretRevisions', '$1'],
      ['secretContent', '$1'],
    ],
  },
  {
    name: 'new content that is not taken up',
    calls: [
      PG,
      other,
      BEGIN,
      ['grantSecret', '$1', 'app'],
      ['setSecretContent', '$1', { password: 'two' }],
      ['secretContent', '$1'],
      ['secretContent', '$1', 'peek'],
      ['secretContent', '$1', 'refresh'],
      ['secretContent', '$1'],
    ],
  },
  {
    name: 'a secret of the user',
    calls: [
      ['addUserSecret', PASSWORD],
      BEGIN,
      ['secretContent', '$0'],
      ['grantSecret', '$0', 'app'],
      ['secretContent', '$0'],
      ['setSecretContent', '$0', { password: 'two' }],
      ['revokeSecret', '$0', 'app'],
      ['secretContent', '$0'],
    ],
  },
  {
    name: 'events that a user does not get',
    calls: [
      ['addUserSecret', PASSWORD],
      BEGIN,
      ['triggerSecretRotation', '$0'],
      ['triggerSecretExpiration', '$0', 1],
      ['triggerSecretRemoval', '$0', 1],
    ],
  },
  {
    name: 'a secret of the unit',
    calls: [
      BEGIN,
      ['addOwnSecret', 'unit', PASSWORD],
      ['secretContent', '$1'],
      ['getSecretRevisions', '$1'],
      ['ownSecret', 'set_content', '$1', { password: 'two' }],
      ['getSecretRevisions', '$1'],
    ],
  },
  {
    name: 'a secret of the application',
    calls: [
      ['setLeader', true],
      BEGIN,
      ['addOwnSecret', 'app', PASSWORD, 'mine'],
      ['ownSecret', 'set_content', '$2', { password: 'two' }],
      ['getSecretRevisions', '$2'],
      ['ownSecret', 'remove_revision', '$2', 1],
      ['getSecretRevisions', '$2'],
    ],
  },
  {
    name: 'events of a secret that is ours',
    calls: [
      BEGIN,
      ['addOwnSecret', 'unit', PASSWORD, 'mine'],
      ['triggerSecretRotation', '$1'],
      ['triggerSecretExpiration', '$1', 1],
      ['triggerSecretRemoval', '$1', 1],
      ['triggerSecretRotation', '$1', { options: { label: 'other' } }],
    ],
  },
  {
    name: 'what only the charm does with its secrets',
    calls: [
      BEGIN,
      ['addOwnSecret', 'unit', PASSWORD],
      ['setSecretContent', '$1', { password: 'two' }],
      ['grantSecret', '$1', 'pg'],
      ['revokeSecret', '$1', 'pg'],
    ],
  },
  {
    name: 'the charm grants a secret',
    calls: [
      PG,
      BEGIN,
      ['addOwnSecret', 'unit', PASSWORD],
      ['ownSecret', 'grant', '$2', 'db', 0],
      ['getSecretGrants', '$2', 0],
      ['ownSecret', 'revoke', '$2', 'db', 0],
      ['getSecretGrants', '$2', 0],
    ],
  },
  {
    name: 'the charm removes a secret',
    calls: [
      BEGIN,
      ['addOwnSecret', 'unit', PASSWORD],
      ['ownSecret', 'remove_all_revisions', '$1'],
      ['getSecretRevisions', '$1'],
      ['secretContent', '$1'],
    ],
  },
  {
    name: 'unknown secrets',
    calls: [
      BEGIN,
      ['secretContent', 'secret:9m4e2mr0ui3e8a215n4g'],
      ['getSecretRevisions', 'secret:9m4e2mr0ui3e8a215n4g'],
      ['grantSecret', 'secret:9m4e2mr0ui3e8a215n4g', 'app'],
      ['setSecretContent', 'secret:9m4e2mr0ui3e8a215n4g', PASSWORD],
    ],
  },
  {
    name: 'content that is refused',
    calls: [
      ['addUserSecret', {}],
      ['addUserSecret', { A: 'b' }],
      ['addModelSecret', 'pg', { ab: 'c' }],
      ['addUserSecret', { abc: 1 }],
    ],
  },
];
