// Where the two differ on purpose, with what each does. "Coming from Scenario" tells why.

import assert from 'node:assert/strict';
import { META, type Case, type Result, type StateData } from './case.ts';

export interface Difference {
  readonly transition: Case;
  readonly scenario: (result: Result) => void;
  readonly here: (result: Result) => void;
}

const id = 'secret:cvq8ssvmp25c7bkjkl6g';
const db = { endpoint: 'db', id: 1, remoteAppName: 'pg', remoteUnitsData: { 0: {}, 2: {} } };
const layer = { services: { web: { override: 'replace', command: 'serve' } } };
const secretOf = (owner: 'unit' | 'app'): StateData => ({
  secrets: [{ id, tracked: { 'a-key': 'b' }, owner, label: 'mine' }],
});

const seen =
  (...expected: unknown[]) =>
  (result: Result) =>
    assert.deepEqual(result.seen, expected, result.detail);

export const DIFFERENCES: readonly Difference[] = [
  {
    // Juju takes them off the list before these hooks.
    transition: {
      name: 'who departs is no member any more, and of a broken relation nobody is',
      event: { kind: 'relation-departed', relation: 1, remoteUnit: 2 },
      state: { relations: [db] },
      steps: [['event-units']],
    },
    scenario: seen(['event-units', ['pg/0', 'pg/2']]),
    here: seen(['event-units', ['pg/0']]),
  },
  {
    // Juju fills them in.
    transition: {
      name: 'parameters of actions have their defaults',
      event: { kind: 'action', action: 'backup' },
      meta: { ...META, actions: { backup: { params: { level: { type: 'integer', default: 3 } } } } },
      steps: [['params']],
    },
    scenario: seen(['params', {}]),
    here: seen(['params', { level: 3 }]),
  },
  {
    transition: { name: 'what a charm throws comes out as it is', event: { kind: 'start' }, steps: [['raise', 'oh']] },
    scenario: (result) => assert.equal(result['wrapped'], true),
    here: (result) => assert.match(result.detail ?? '', /^Error: oh\n/),
  },
  {
    // Real Pebble answers with an error, and so it is an error of its API.
    transition: {
      name: 'a layer whose label is taken is refused by Pebble',
      event: { kind: 'pebble-ready', container: 'web' },
      state: { containers: [{ name: 'web', layers: { base: layer } }] },
      steps: [['try', ['add-layer', 'base', layer, false]]],
    },
    scenario: seen(['error', 'RuntimeError']),
    here: seen(['error', 'api']),
  },
  {
    // Juju refuses it.
    transition: {
      name: 'a follower adds no secret for its application',
      event: { kind: 'start' },
      steps: [['try', ['secret-add', 'app', { 'a-key': 'b' }, 'new']]],
    },
    scenario: seen(),
    here: seen(['error', 'model']),
  },
  {
    // Juju says that there is none.
    transition: {
      name: "a follower is told nothing of its application's secret",
      event: { kind: 'start' },
      state: secretOf('app'),
      steps: [
        ['secret-get', { label: 'mine' }],
        ['try', ['secret-info', { label: 'mine' }]],
      ],
    },
    scenario: seen(['secret-get', { 'a-key': 'b' }], ['error', 'model']),
    here: seen(['secret-get', { 'a-key': 'b' }], ['error', 'secret-not-found']),
  },
  {
    // Juju keeps the last content of a hook.
    transition: {
      name: 'a hook makes one revision of a secret, however often it sets it',
      event: { kind: 'start' },
      state: secretOf('unit'),
      steps: [
        ['secret-set', { label: 'mine' }, { 'a-key': 'c' }],
        ['secret-set', { label: 'mine' }, { 'a-key': 'd' }],
        ['secret-info', { label: 'mine' }],
      ],
    },
    scenario: seen(['secret-info', ['mine', 3, '']]),
    here: seen(['secret-info', ['mine', 2, '']]),
  },
  {
    // The event knows where its storage was.
    transition: {
      name: 'a storage event that was deferred comes again',
      event: { kind: 'start' },
      deferred: { kind: 'storage-attached', storage: 'data/0' },
      state: { storages: [{ name: 'data', index: 0 }] },
      handlers: { 'data-storage-attached': [['event-storage']] },
    },
    scenario: (result) => assert(result.error !== undefined),
    here: seen(['event-storage', 'data/0']),
  },
  {
    // Which is no number in Juju either.
    transition: {
      name: 'true is no number',
      event: { kind: 'start' },
      state: { config: { port: true } },
    },
    scenario: (result) => assert.equal(result.error, undefined),
    here: (result) => assert.equal(result.error, 'inconsistent'),
  },
  {
    // A language without floats cannot tell 1 from 1.0.
    transition: {
      name: 'a float may be a whole number',
      event: { kind: 'start' },
      state: { config: { ratio: 1 } },
      steps: [['config']],
    },
    scenario: (result) => assert.equal(result.error, 'inconsistent'),
    here: (result) => assert.equal(result.error, undefined),
  },
];
