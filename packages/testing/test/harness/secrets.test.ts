import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretNotFoundError } from '@charmed/ops';
import { Harness, HarnessError } from '../../src/index.ts';
import { TraceCharm } from './trace-charm.ts';

test('a secret of another application is read once it is granted over a relation', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  const id = harness.addModelSecret('postgresql', { password: 'one' });
  assert.throws(() => harness.grantSecret(id, 'trace'), /add a relation between them first/);
  const db = await harness.addRelation('db', 'postgresql');
  await assert.rejects(async () => harness.model.secret({ id }), SecretNotFoundError);
  harness.grantSecret(id, 'trace');
  const secret = await harness.model.secret({ id, label: 'db' });
  assert.deepEqual(await secret.getContent(), { password: 'one' });
  await harness.setSecretContent(id, { password: 'two' });
  assert.deepEqual(await secret.getContent(), { password: 'one' });
  assert.deepEqual(await secret.peekContent(), { password: 'two' });
  assert.deepEqual(await secret.getContent({ refresh: true }), { password: 'two' });
  assert.deepEqual(harness.charm.trace, ['db-relation-created postgresql', 'secret-changed db']);
  assert.deepEqual([...harness.getSecretGrants(id, db)], ['trace']);
  harness.revokeSecret(id, 'trace');
  await assert.rejects(async () => harness.model.secret({ id }), SecretNotFoundError);
});

test('a secret of the user needs no relation', async () => {
  const harness = new Harness(TraceCharm);
  await harness.begin();
  const id = harness.addUserSecret({ password: 'one' });
  await assert.rejects(async () => harness.model.secret({ id }), SecretNotFoundError);
  harness.grantSecret(id, harness.charm.app);
  assert.deepEqual(await (await harness.model.secret({ id })).getContent(), { password: 'one' });
  harness.revokeSecret(id, harness.charm.app);
  await assert.rejects(async () => harness.model.secret({ id }), SecretNotFoundError);
  await assert.rejects(harness.triggerSecretRotation(id), HarnessError);
  await assert.rejects(harness.triggerSecretExpiration(id, 1), HarnessError);
});

test("the charm's own secrets have revisions and grants, and their events come when the test says so", async () => {
  const harness = new Harness(TraceCharm);
  const db = await harness.addRelation('db', 'postgresql');
  await harness.begin();
  const secret = await harness.charm.unit.addSecret({ password: 'one' }, { label: 'own' });
  await secret.grant(await harness.model.relation('db', db));
  assert.deepEqual([...harness.getSecretGrants(secret.id, db)], ['postgresql']);
  await secret.setContent({ password: 'two' });
  assert.deepEqual(harness.getSecretRevisions(secret.id), [1, 2]);
  await harness.triggerSecretRotation(secret.id);
  await harness.triggerSecretExpiration(secret.id, 1, { label: 'other' });
  await harness.triggerSecretRemoval(secret.id, 1);
  assert.deepEqual(harness.charm.trace, ['secret-rotate own', 'secret-expired other', 'secret-remove own']);
  await secret.removeRevision(1);
  assert.deepEqual(harness.getSecretRevisions(secret.id), [2]);
  for (const refused of [
    async () => harness.setSecretContent(secret.id, { password: 'x' }),
    async () => harness.grantSecret(secret.id, 'postgresql'),
    async () => harness.revokeSecret(secret.id, 'postgresql'),
  ]) {
    await assert.rejects(refused, /the charm owns it/);
  }
  await harness.removeRelation(db);
  assert.deepEqual([...harness.getSecretGrants(secret.id, db)], []);
  await secret.removeAllRevisions();
  assert.throws(() => harness.getSecretRevisions(secret.id), /cannot find secret/);
});

test('content that Juju would refuse is refused', () => {
  const harness = new Harness(TraceCharm);
  assert.throws(() => harness.addUserSecret({}), /without content/);
  assert.throws(() => harness.addUserSecret({ X: 'y' }), /keys have three characters/);
  assert.throws(() => harness.addModelSecret('x', { abc: 1 as never }), /its values are strings/);
});
