// The metadata of a charm with its sections made regular.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charmMetaFrom } from './charm-meta.ts';

test('endpoints of all roles are found by name, with role and limits', () => {
  const meta = charmMetaFrom({
    name: 'web',
    requires: { db: { interface: 'postgresql_client', limit: 1, optional: true } },
    provides: { website: { interface: 'http', scope: 'container' } },
    peers: { cluster: { interface: 'web_peers' } },
  });
  assert.deepEqual(
    [...meta.relations],
    [
      ['db', { interface: 'postgresql_client', limit: 1, optional: true, name: 'db', role: 'requires' }],
      ['website', { interface: 'http', scope: 'container', name: 'website', role: 'provides' }],
      ['cluster', { interface: 'web_peers', name: 'cluster', role: 'peers' }],
    ],
  );
});

test('the other sections are maps too', () => {
  const meta = charmMetaFrom({
    name: 'web',
    summary: 'A web server.',
    description: 'It serves.',
    subordinate: true,
    containers: { web: { resource: 'image' } },
    storage: { data: { type: 'filesystem' } },
    resources: { image: { type: 'oci-image' } },
    actions: { backup: { description: 'Backs up.' } },
    config: { options: { port: { type: 'int', default: 80 } } },
    'extra-bindings': { admin: null },
  });
  assert.deepEqual(meta.containers.get('web'), { resource: 'image' });
  assert.deepEqual(meta.storages.get('data'), { type: 'filesystem' });
  assert.deepEqual(meta.resources.get('image'), { type: 'oci-image' });
  assert.deepEqual(meta.actions.get('backup'), { description: 'Backs up.' });
  assert.deepEqual(meta.options.get('port'), { type: 'int', default: 80 });
  assert.deepEqual([...meta.extraBindings], ['admin']);
  assert.deepEqual([meta.summary, meta.description, meta.subordinate], ['A web server.', 'It serves.', true]);
});

test('an entry without a body, as YAML reads it, is declared', () => {
  const meta = charmMetaFrom({ name: 'web', containers: { web: null }, actions: { ping: null }, config: null });
  assert.ok(meta.containers.has('web'));
  assert.ok(meta.actions.has('ping'));
  assert.equal(meta.options.size, 0);
});

test('what is not declared is empty', () => {
  const meta = charmMetaFrom({ name: 'web' });
  for (const section of [meta.relations, meta.containers, meta.storages, meta.resources, meta.actions, meta.options]) {
    assert.equal(section.size, 0);
  }
  assert.equal(meta.subordinate, false);
});
