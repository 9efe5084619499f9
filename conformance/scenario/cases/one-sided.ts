// Rules that nobody can break here: an event of this library is called after what it is about. With what each side does then.

import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import type { Difference, DifferingCase } from '../differences.ts';

const misnamed = (transition: Case, reason: RegExp, kind: string): DifferingCase => ({
  transition,
  scenario: ({ error, detail }) => {
    assert.equal(error, 'inconsistent', detail);
    assert.match(detail ?? '', reason);
  },
  here: ({ error, emitted, detail }) => {
    assert.equal(error, undefined, detail);
    assert.deepEqual(emitted, [kind]);
  },
});

export const ONE_SIDED: Difference = {
  name: 'nobody can break it here',
  cases: [
    misnamed(
      {
        name: 'rule 18: an event that is called after another relation',
        event: { kind: 'relation-created', relation: 1, path: 'db_relation_created' },
        state: { relations: [{ endpoint: 'site', id: 1 }] },
      },
      /prefix 'db' does not match/,
      'site-relation-created',
    ),
    misnamed(
      {
        name: 'rule 21: an event that is called after another container',
        event: { kind: 'pebble-ready', container: 'web', path: 'side_pebble_ready' },
        state: { containers: [{ name: 'web' }] },
      },
      /prefix 'side' does not match/,
      'web-pebble-ready',
    ),
    misnamed(
      {
        name: 'rule 26: an event that is called after another action',
        event: { kind: 'action', action: 'backup', path: 'do-it_action' },
      },
      /prefix 'do-it' does not match/,
      'backup-action',
    ),
    misnamed(
      {
        name: 'rule 33: an event that is called after another storage',
        event: { kind: 'storage-attached', storage: 'data/0', path: 'page_storage_attached' },
        state: { storages: [{ name: 'data' }] },
      },
      /prefix 'page' does not match/,
      'data-storage-attached',
    ),
  ],
};
