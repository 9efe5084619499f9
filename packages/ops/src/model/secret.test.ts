// Secrets, as their owner and as those see them who were granted access.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { DispatchOptions } from '../../test/dispatch.ts';
import { inHandler, inHandlerOf } from '../../test/in-handler.ts';
import type { Answer } from '../../test/scripted-runner.ts';
import { SecretNotFoundError } from '../hookcmds/command-error.ts';

const UUID = '8e7a1c1e-0000-4000-8000-000000000001';
const ID = `secret://${UUID}/cvq0000000000000000g`;
const OLD = '{"password":"hunter2"}';
const META = { name: 'web', requires: { db: { interface: 'sql' } } };

const EVENT = { JUJU_SECRET_ID: 'secret:cvq0000000000000000g', JUJU_SECRET_LABEL: 'db', JUJU_SECRET_REVISION: '3' };

function withAnswers(answers: Readonly<Record<string, Answer>>, version = '3.6.14'): DispatchOptions {
  return { answers, meta: META, environment: { JUJU_MODEL_UUID: UUID, JUJU_VERSION: version } };
}

test('an owner adds a secret and knows what is in it', async () => {
  const options = withAnswers({ 'secret-add': `secret:cvq0000000000000000g\n` });
  const { runner } = await inHandler(async ({ unit, app }) => {
    const secret = await unit.addSecret({ password: 'hunter2' }, { label: 'db', rotate: 'daily', expire: '24h' });
    assert.deepEqual(await secret.getContent(), { password: 'hunter2' });
    assert.equal(secret.label, 'db');
    assert.equal(secret.id, 'secret:cvq0000000000000000g');
    assert.equal(secret.uniqueIdentifier, 'cvq0000000000000000g');
    await app.addSecret({ password: 'hunter2' }, { description: 'of db', expire: new Date(0) });
  }, options);
  assert.deepEqual(runner.lines, [
    'secret-add --label db --expire 24h --rotate daily --owner unit',
    'secret-add --description of db --expire 1970-01-01T00:00:00.000Z --owner application',
  ]);
  assert.deepEqual(runner.calls[0]?.files, { password: 'hunter2' });
});

test('content that Juju does not take is refused before anything runs, and not told', async () => {
  const { runner } = await inHandler(
    async ({ unit, model }) => {
      const wrong: readonly Readonly<Record<string, unknown>>[] = [
        {},
        { ab: 'hunter2' },
        { Key: 'hunter2' },
        { '1abc': 'hunter2' },
        { 'abc-': 'hunter2' },
        { abc: 7 },
        { abc: null },
      ];
      const secret = await model.secret({ id: ID });
      for (const content of wrong as readonly Readonly<Record<string, string>>[]) {
        const refusal = (error: Error & { code?: string }) =>
          error.code === 'bad-secret-content' && !inspect(error).includes('hunter2');
        await assert.rejects(async () => unit.addSecret(content), refusal, inspect(content));
        await assert.rejects(async () => secret.setContent(content), refusal, inspect(content));
      }
    },
    withAnswers({ 'secret-get': OLD }),
  );
  assert.deepEqual(runner.lines, [`secret-get --format=json ${ID}`]);
});

test('content is read once, of the tracked revision, until a refresh is asked for', async () => {
  let reads = 0;
  const answers = {
    get 'secret-get'() {
      reads += 1;
      return `{"password":"${reads}"}`;
    },
  };
  const { runner } = await inHandler(async ({ model }) => {
    const secret = await model.secret({ id: 'cvq0000000000000000g', label: 'db' });
    assert.deepEqual(await secret.getContent(), { password: '1' });
    assert.deepEqual(await secret.peekContent(), { password: '2' });
    assert.deepEqual(await secret.getContent(), { password: '1' });
    assert.deepEqual(await secret.getContent({ refresh: true }), { password: '3' });
    assert.deepEqual(await secret.getContent(), { password: '3' });
    assert.equal(Object.isFrozen(await secret.getContent()), true);
  }, withAnswers(answers));
  const read = `secret-get --format=json ${ID} --label db`;
  assert.deepEqual(runner.lines, [read, `${read} --peek`, `${read} --refresh`]);
});

test('who reads at the same time reads once, and a failure is not remembered', async () => {
  let reads = 0;
  const answers = {
    get 'secret-get'() {
      reads += 1;
      return reads === 1 ? { code: 1, stderr: 'ERROR try again' } : OLD;
    },
  };
  const { runner } = await inHandlerOf(
    (on) => on.secretChanged,
    async (_charm, { secret }) => {
      await assert.rejects(async () => secret.getContent(), { code: 'hook-command-failed' });
      const [first, second] = await Promise.all([secret.getContent(), secret.getContent()]);
      assert.deepEqual(first, { password: 'hunter2' });
      assert.equal(second, first);
    },
    { answers, environment: EVENT },
  );
  assert.equal(runner.lines.length, 2);
});

test('a secret that is not there, or not granted, is told apart', async () => {
  await inHandler(
    async ({ model }) => {
      await assert.rejects(async () => model.secret({ id: 'secret:gone' }), SecretNotFoundError);
    },
    withAnswers({ 'secret-get': { code: 1, stderr: 'ERROR secret "gone" not found' } }),
  );
  await inHandler(
    async ({ model }) => {
      await assert.rejects(async () => model.secret({ label: 'theirs' }), { code: 'permission-denied' });
      await assert.rejects(async () => model.secret({}), { code: 'no-secret-name' });
    },
    withAnswers({ 'secret-get': { code: 1, stderr: 'ERROR permission denied' } }),
  );
});

test('a secret known by its label alone is asked for its id, once, when it is changed', async () => {
  const answers = { 'secret-get': OLD, 'secret-info-get': '{"cvq0000000000000000g":{"revision":3,"label":"db"}}' };
  const { runner } = await inHandler(
    async ({ model, unit }) => {
      const secret = await model.secret({ label: 'db' });
      assert.deepEqual([secret.id, secret.uniqueIdentifier], [undefined, undefined]);
      const relation = await model.relation('db', 7);
      await secret.setContent({ password: 'hunter3' });
      assert.equal(secret.id, ID);
      await secret.setInfo({ rotate: 'never' });
      await secret.grant(relation);
      await secret.grant(relation, { unit });
      await secret.revoke(relation);
      await secret.removeRevision(2);
      await secret.removeAllRevisions();
    },
    withAnswers({ ...answers, 'relation-list': '["sql/0"]' }),
  );
  assert.deepEqual(runner.lines, [
    'secret-get --format=json --label db',
    'relation-list --format=json -r db:7',
    'secret-info-get --format=json --label db',
    `secret-set ${ID}`,
    `secret-set --rotate never ${ID}`,
    `secret-grant --relation 7 ${ID}`,
    `secret-grant --relation 7 --unit web/0 ${ID}`,
    `secret-revoke --relation 7 ${ID}`,
    `secret-remove ${ID} --revision 2`,
    `secret-remove ${ID}`,
  ]);
});

test('new content is not what is tracked', async () => {
  await inHandler(
    async ({ model }) => {
      const secret = await model.secret({ id: ID });
      await secret.setContent({ password: 'hunter3' });
      assert.deepEqual(await secret.getContent(), { password: 'hunter2' });
    },
    withAnswers({ 'secret-get': OLD }),
  );
});

test('what an owner can know beside the content', async () => {
  const answer =
    '{"cvq0000000000000000g":{"revision":3,"owner":"unit","rotation":"daily","expiry":"2026-01-01T00:00:00Z"}}';
  await inHandler(
    async ({ model }) => {
      const secret = await model.secret({ id: ID });
      assert.deepEqual(await secret.getInfo(), {
        id: ID,
        label: undefined,
        description: undefined,
        revision: 3,
        expires: new Date('2026-01-01T00:00:00Z'),
        rotation: 'daily',
        rotates: undefined,
      });
      await assert.rejects(async () => secret.setInfo({}), { code: 'no-secret-info' });
    },
    withAnswers({ 'secret-get': OLD, 'secret-info-get': answer }),
  );
});

test('before Juju 3.6, which forgot the first of two changes, each change carries everything', async () => {
  const answers = {
    'secret-get': OLD,
    'secret-info-get': '{"cvq0000000000000000g":{"revision":3,"label":"db","rotation":"daily"}}',
  };
  const { runner } = await inHandler(
    async ({ model }) => {
      const secret = await model.secret({ id: ID });
      await Promise.all([secret.setContent({ password: 'hunter3' }), secret.setInfo({ description: 'of db' })]);
    },
    withAnswers(answers, '3.5.4'),
  );
  const sets = runner.calls.filter(({ command }) => command === 'secret-set');
  assert.deepEqual(
    sets.map(({ args, files }) => [args.join(' '), files]),
    [
      [`--label db --rotate daily ${ID}`, { password: 'hunter3' }],
      [`--label db --description of db --rotate daily ${ID}`, { password: 'hunter2' }],
    ],
  );
});

test('content is neither in command lines, nor in the log, nor in what is shown of the object', async () => {
  const { runner, log } = await inHandler(
    async ({ model, unit }) => {
      const secret = await model.secret({ id: ID });
      await secret.setContent({ password: 'hunter2' });
      const own = await unit.addSecret({ password: 'hunter2' });
      for (const shown of [secret, own]) {
        const texts = [inspect(shown, { depth: null, showHidden: true }), JSON.stringify(shown)];
        assert.equal(texts.join('').includes('hunter2'), false);
      }
    },
    withAnswers({ 'secret-get': OLD, 'secret-add': 'secret:x' }),
  );
  assert.equal(JSON.stringify([log, runner.lines]).includes('hunter2'), false);
});

test('an event about a secret names it, and reads nothing of it', async () => {
  const { runner } = await inHandlerOf(
    (on) => on.secretChanged,
    (_charm, event) => {
      assert.equal(event.secret.id, 'secret:cvq0000000000000000g');
      assert.equal(event.secret.label, 'db');
    },
    { environment: EVENT },
  );
  assert.deepEqual(runner.lines, []);
});

test('events about a revision can remove it', async () => {
  const { runner } = await inHandlerOf(
    (on) => on.secretRemove,
    async (_charm, event) => {
      assert.equal(event.revision, 3);
      await event.removeRevision();
      event.defer();
    },
    { environment: EVENT },
  );
  assert.deepEqual(runner.lines, ['secret-remove secret:cvq0000000000000000g --revision 3']);
  await inHandlerOf(
    (on) => on.secretExpired,
    (_charm, event) => {
      assert.equal(event.revision, 3);
      assert.throws(() => event.defer(), { code: 'not-deferrable' });
    },
    { environment: EVENT },
  );
});

test('a secret without a label has none, and rotation cannot wait', async () => {
  await inHandlerOf(
    (on) => on.secretRotate,
    (_charm, event) => {
      assert.equal(event.secret.label, undefined);
      assert.throws(() => event.defer(), { code: 'not-deferrable' });
    },
    { environment: { JUJU_SECRET_ID: 'secret:x', JUJU_SECRET_LABEL: '' } },
  );
});
