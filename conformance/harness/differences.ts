// What differs on purpose, or because the languages do: what the last call gives in either.

import type { Outcome, Script } from './script.ts';

export interface Difference {
  readonly script: Script;
  readonly python: Outcome;
  readonly here: Outcome;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    // JavaScript has one type for both.
    script: { name: 'a whole number for a fraction', calls: [['begin'], ['updateConfig', { rate: 2 }]] },
    python: { error: 'refused', seen: [] },
    here: { result: null, seen: [['config-changed']] },
  },
  {
    // Juju gives the operator strings.
    script: {
      name: 'results that are no strings',
      handlers: { 'greet-action': [['results', { count: 3 }]] },
      calls: [['begin'], ['runAction', 'greet']],
    },
    python: { result: { logs: [], results: { count: 3 } }, seen: [['greet-action']] },
    here: { result: { logs: [], results: { count: '3' } }, seen: [['greet-action']] },
  },
  {
    // Python only warns.
    script: {
      name: 'a unit of another application',
      calls: [['begin'], ['addRelation', 'db', 'pg'], ['addRelationUnit', 0, 'my/0']],
    },
    python: { result: null, seen: [['db-relation-joined', 0, 'my', 'my/0', null, true]] },
    here: { error: 'refused', seen: [] },
  },
  {
    // A unit is not its own peer.
    script: {
      name: 'data of a peer relation that is added with it',
      calls: [['begin'], ['addRelation', 'cluster', 'app', { options: { unitData: { a: '1' } } }]],
    },
    python: {
      result: 0,
      seen: [
        ['cluster-relation-created', 0, 'app', null, null, true],
        ['cluster-relation-joined', 0, 'app', 'app/0', null, true],
      ],
    },
    here: { result: 0, seen: [['cluster-relation-created', 0, 'app', null, null, true]] },
  },
  {
    // Python's model does not forget it.
    script: {
      name: 'storage that is detached',
      calls: [
        ['addStorage', 'data', { options: { attach: true } }],
        ['begin'],
        ['detachStorage', 'data/0'],
        ['storages', 'data'],
      ],
    },
    python: { result: ['data/0'], seen: [] },
    here: { result: [], seen: [] },
  },
  {
    // In Python an internal exception comes out.
    script: {
      name: 'a handler that ends its dispatch',
      handlers: { 'config-changed': [['strict-config'], ['version', 'later']] },
      calls: [['begin'], ['updateConfig', { port: 0 }]],
    },
    python: { error: 'refused', seen: [['config-changed']] },
    here: { result: null, seen: [['config-changed']] },
  },
  {
    // What Pebble says of a command that it cannot start.
    script: {
      name: 'a command that nothing plays',
      calls: [['begin'], ['setCanConnect', 'web', true], ['run', 'web', ['ls']]],
    },
    python: { error: 'api', seen: [] },
    here: { error: 'change', seen: [] },
  },
  {
    // The test sees what the charm may see; getRelationData shows all.
    script: {
      name: "a follower's look at the data of its application",
      calls: [
        ['begin'],
        ['addRelation', 'db', 'pg'],
        ['updateRelationData', 0, 'app', { a: '1' }],
        ['ownData', 'db', 0],
      ],
    },
    python: { result: { a: '1' }, seen: [] },
    here: { error: 'data-access', seen: [] },
  },
];
