// Where the two differ on purpose, with what each does. "Coming from Scenario" tells why.

import assert from 'node:assert/strict';
import { META, type Case, type Result, type StateData } from './case.ts';

export interface Difference {
  readonly name: string;
  readonly cases: readonly DifferingCase[];
}

export interface DifferingCase {
  readonly transition: Case;
  readonly scenario: (result: Result) => void;
  readonly here: (result: Result) => void;
}

const id = 'secret:cvq8ssvmp25c7bkjkl6g';
const db = { endpoint: 'db', id: 1, remoteAppName: 'pg', remoteUnitsData: { 0: {}, 2: {} } };
const site = { endpoint: 'site', id: 3 };
const layer = { services: { web: { override: 'replace', command: 'serve' } } };
const secretOf = (owner: 'unit' | 'app'): StateData => ({
  secrets: [{ id, tracked: { 'a-key': 'b' }, owner, label: 'mine' }],
});

const seen =
  (...expected: unknown[]) =>
  (result: Result) =>
    assert.deepEqual(result.seen, expected, result.detail);
const recorded = (key: string, expected: unknown) => (result: Result) =>
  assert.deepEqual(result[key], expected, result.detail);
const passes = ({ error, detail }: Result) => assert.equal(error, undefined, detail);
const isRefused = ({ error, detail }: Result) => assert.equal(error, 'inconsistent', detail);

/** An argument of a type that JSON tells from the declared one, and Python does not. */
const pythonic = (name: string, fields: Pick<Case, 'event' | 'state'>): DifferingCase => ({
  transition: { name, ...fields },
  scenario: passes,
  here: isRefused,
});

const unanswered = (verb: string, scenario: DifferingCase['scenario'], ...args: readonly unknown[]): DifferingCase => ({
  transition: {
    name: `${verb} in a container that cannot be reached`,
    event: { kind: 'start' },
    state: {
      containers: [
        { name: 'web', canConnect: false, layers: { base: layer }, execs: [{ prefix: ['say'], stdout: 'hi' }] },
      ],
    },
    steps: [['try', [verb, ...args]]],
  },
  scenario,
  here: seen(['error', 'connection']),
});

const backup = (params: Readonly<Record<string, unknown>>) => ({ kind: 'action', action: 'backup', params });

export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'who departs is no member any more, and of a broken relation nobody is: Juju takes them off the list before these hooks',
    cases: [
      {
        transition: {
          name: 'one of two units departs',
          event: { kind: 'relation-departed', relation: 1, remoteUnit: 2 },
          state: { relations: [db] },
          steps: [['event-units']],
        },
        scenario: seen(['event-units', ['pg/0', 'pg/2']]),
        here: seen(['event-units', ['pg/0']]),
      },
      {
        transition: {
          name: 'a relation of two units is broken',
          event: { kind: 'relation-broken', relation: 1 },
          state: { relations: [db] },
          steps: [['event-units']],
        },
        scenario: seen(['event-units', ['pg/0', 'pg/2']]),
        here: seen(['event-units', []]),
      },
    ],
  },
  {
    name: 'parameters of actions have their defaults: Juju fills them in',
    cases: [
      {
        transition: {
          name: 'a parameter with a default',
          event: backup({}),
          meta: { ...META, actions: { backup: { params: { level: { type: 'integer', default: 3 } } } } },
          steps: [['params']],
        },
        scenario: seen(['params', {}]),
        here: seen(['params', { level: 3 }]),
      },
    ],
  },
  {
    name: 'what a charm throws comes out as it is',
    cases: [
      {
        transition: { name: 'a charm throws', event: { kind: 'start' }, steps: [['raise', 'oh']] },
        scenario: recorded('wrapped', true),
        here: (result) => assert.match(result.detail ?? '', /^Error: oh\n/),
      },
    ],
  },
  {
    name: 'a context has the recordings of the last run: runs may overlap',
    cases: [
      {
        transition: {
          name: 'two runs of one context',
          earlier: { kind: 'start' },
          event: { kind: 'config-changed' },
        },
        scenario: recorded('emitted', ['start', 'config-changed']),
        here: recorded('emitted', ['config-changed']),
      },
    ],
  },
  {
    name: 'what Pebble refuses is an error of its own',
    cases: [
      {
        transition: {
          name: 'a layer that is there already',
          event: { kind: 'pebble-ready', container: 'web' },
          state: { containers: [{ name: 'web', layers: { base: layer } }] },
          steps: [['try', ['add-layer', 'base', layer, false]]],
        },
        scenario: seen(['error', 'RuntimeError']),
        here: seen(['error', 'api']),
      },
      {
        transition: {
          name: 'a file where a directory is',
          event: { kind: 'pebble-ready', container: 'web' },
          state: { containers: [{ name: 'web' }] },
          steps: [
            ['make-dir', '/srv'],
            ['try', ['push', '/srv', 'text']],
          ],
        },
        scenario: seen(['error', 'IsADirectoryError']),
        here: seen(['error', 'path']),
      },
      {
        transition: {
          name: 'directories where a file is',
          event: { kind: 'pebble-ready', container: 'web' },
          state: { containers: [{ name: 'web', files: { '/etc/web': '' } }] },
          steps: [['try', ['make-dir', '/etc/web', true]]],
        },
        scenario: seen(),
        here: seen(['error', 'path']),
      },
    ],
  },
  {
    name: "a follower has no hand in its application's secrets: Juju refuses to add one, and says that there is none",
    cases: [
      {
        transition: {
          name: 'a follower adds a secret for its application',
          event: { kind: 'start' },
          steps: [['try', ['secret-add', 'app', { 'a-key': 'b' }, 'new']]],
        },
        scenario: seen(),
        here: seen(['error', 'model']),
      },
      {
        transition: {
          name: "a follower asks about its application's secret",
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
    ],
  },
  {
    name: 'revisions of secrets are counted as in Juju',
    cases: [
      {
        transition: {
          name: 'a secret that is set twice',
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
        transition: {
          name: 'a secret that is described, and keeps its content',
          event: { kind: 'start' },
          state: secretOf('unit'),
          steps: [
            ['secret-describe', { label: 'mine' }, 'what'],
            ['secret-info', { label: 'mine' }],
          ],
        },
        scenario: seen(['secret-info', ['mine', 2, 'what']]),
        here: seen(['secret-info', ['mine', 1, 'what']]),
      },
      {
        transition: {
          name: 'a secret whose latest content is another than the one that is tracked',
          event: { kind: 'start' },
          state: {
            secrets: [{ id, tracked: { 'a-key': 'b' }, latest: { 'a-key': 'c' }, owner: 'unit', label: 'mine' }],
          },
          steps: [['secret-info', { label: 'mine' }]],
        },
        scenario: seen(['secret-info', ['mine', 1, '']]),
        here: seen(['secret-info', ['mine', 2, '']]),
      },
    ],
  },
  {
    name: 'each deferred event comes again, as it was',
    cases: [
      {
        transition: {
          name: 'the event of a storage',
          event: { kind: 'start' },
          deferred: [{ kind: 'storage-attached', storage: 'data/0' }],
          state: { storages: [{ name: 'data', index: 0 }] },
          handlers: { 'data-storage-attached': [['event-storage']] },
        },
        scenario: (result) => assert(result.error !== undefined),
        here: seen(['event-storage', 'data/0']),
      },
      {
        transition: {
          name: 'the events of two relations',
          event: { kind: 'start' },
          deferred: [
            { kind: 'relation-created', relation: 3 },
            { kind: 'relation-created', relation: 4 },
          ],
          state: { relations: [site, { ...site, id: 4 }] },
          handlers: { 'site-relation-created': [['event-relation']] },
        },
        scenario: seen(['event-relation', [4, 'remote', null]], ['event-relation', [4, 'remote', null]]),
        here: seen(['event-relation', [3, 'remote', null]], ['event-relation', [4, 'remote', null]]),
      },
    ],
  },
  {
    name: "types are JSON's, as in Juju: true is no number, and a text no list",
    cases: [
      pythonic('true for an option that is an int', { event: { kind: 'start' }, state: { config: { port: true } } }),
      pythonic('true for a parameter that is an integer', { event: backup({ level: true }) }),
      pythonic('a text for a parameter that is an array', { event: backup({ tags: 'abc' }) }),
    ],
  },
  {
    name: 'a container that cannot be reached answers nothing, whatever it is asked',
    cases: [
      unanswered('plan', seen(['plan', { web: 'serve' }])),
      unanswered('checks', seen(['checks', []])),
      unanswered('exec', seen(['exec', ['hi', '']]), ['say']),
    ],
  },
];
