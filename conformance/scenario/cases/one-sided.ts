// Rules that bind only one of the two, or that only there somebody can break, with what each does then.

import assert from 'node:assert/strict';
import type { Difference } from '../differences.ts';

const site = { endpoint: 'site', id: 1 };
const refuses = (reason: RegExp): Difference['scenario'] => {
  return ({ error, detail }) => {
    assert.equal(error, 'inconsistent', detail);
    assert.match(detail ?? '', reason);
  };
};
// An event of this library is called after what it is about.
const names = (kind: string): Difference['here'] => {
  return ({ error, emitted, detail }) => {
    assert.equal(error, undefined, detail);
    assert.deepEqual(emitted, [kind]);
  };
};

export const oneSidedCases: readonly Difference[] = [
  {
    // A state that came out of one run goes into the next, with an event about the relation that the test made first.
    transition: {
      name: 'rule 19: a relation that is not as in the state, which is the one that counts',
      event: { kind: 'relation-created', relation: 1, stray: { ...site, remoteAppData: { from: 'event' } } },
      state: { relations: [{ ...site, remoteAppData: { from: 'state' } }] },
      steps: [['event-data', 'remote-app']],
    },
    scenario: refuses(/relation 1 is not in the state/),
    here: ({ seen, detail }) => assert.deepEqual(seen, [['event-data', { from: 'state' }]], detail),
  },
  {
    transition: {
      name: 'rule 18: an event that is called after another relation',
      event: { kind: 'relation-created', relation: 1, path: 'db_relation_created' },
      state: { relations: [site] },
    },
    scenario: refuses(/prefix 'db' does not match/),
    here: names('site-relation-created'),
  },
  {
    transition: {
      name: 'rule 21: an event that is called after another container',
      event: { kind: 'pebble-ready', container: 'web', path: 'side_pebble_ready' },
      state: { containers: [{ name: 'web' }] },
    },
    scenario: refuses(/prefix 'side' does not match/),
    here: names('web-pebble-ready'),
  },
  {
    transition: {
      name: 'rule 26: an event that is called after another action',
      event: { kind: 'action', action: 'backup', path: 'do-it_action' },
    },
    scenario: refuses(/prefix 'do-it' does not match/),
    here: names('backup-action'),
  },
  {
    transition: {
      name: 'rule 33: an event that is called after another storage',
      event: { kind: 'storage-attached', storage: 'data/0', path: 'page_storage_attached' },
      state: { storages: [{ name: 'data' }] },
    },
    scenario: refuses(/prefix 'page' does not match/),
    here: names('data-storage-attached'),
  },
  {
    // Scenario keeps storages as a set.
    transition: {
      name: 'rule 37: a storage that is there twice',
      event: { kind: 'start' },
      state: { storages: [{ name: 'data' }, { name: 'data' }] },
      steps: [['storages', 'data']],
    },
    scenario: ({ error, seen, detail }) => {
      assert.equal(error, undefined, detail);
      assert.deepEqual(seen, [['storages', ['data/0']]]);
    },
    here: ({ error }) => assert.equal(error, 'inconsistent'),
  },
];
