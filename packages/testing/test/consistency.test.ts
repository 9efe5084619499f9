import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Container,
  Context,
  ContextEvent,
  Exec,
  InconsistentStateError,
  Relation,
  Secret,
  State,
  Storage,
  StoredState,
  type StateFields,
} from '../src/index.ts';
import { WebCharm as WorkloadCharm } from './model-charms.ts';
import { WebCharm } from './web-charm.ts';

const ctx = new Context(WebCharm);

async function findingsOf(
  fields: StateFields<typeof WebCharm.meta>,
  event = ctx.on.start(),
): Promise<readonly string[]> {
  const error: unknown = await ctx.run(event, new State(fields)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert(error instanceof InconsistentStateError, String(error));
  return error.findings;
}

test('an event that is about nothing is refused, whatever it should be about', async () => {
  for (const [what, subject] of [
    ['relation-created', 'relation'],
    ['relation-changed', 'relation'],
    ['pebble-ready', 'container'],
    ['pebble-custom-notice', 'container'],
    ['storage-attached', 'storage'],
    ['secret-changed', 'secret'],
    ['action', 'action'],
  ] as const) {
    const event = new ContextEvent({ what } as ContextEvent['about'], 'web');
    assert.deepEqual(await findingsOf({}, event), [
      `${what} is about no ${subject}: make the event with ctx.on, which asks for one`,
    ]);
  }
});

test('an event is called after what it is about', () => {
  const event = new ContextEvent({ what: 'storage-attached', storage: new Storage('data') }, 'web');
  assert.equal(event.kind, 'data-storage-attached');
  assert.throws(() => Object.assign(event, { kind: 'other-storage-attached' }), TypeError);
});

test('the container of an event is as the state has it; an equal copy will do', async () => {
  const workload = new Context(WorkloadCharm);
  const app = new Container('app', { canConnect: true });
  const run = (container: Container<'app'>) =>
    workload.run(workload.on.pebbleReady(app), new State({ containers: [container] }));
  await assert.rejects(
    run(app.with({ files: { '/a': 'b' } })),
    /\n- app-pebble-ready is about a container app that is not as in the state: use the same value for both$/,
  );
  await run(app.with({}));
});

test('a storage is there once, whatever its location', async () => {
  const storages = [new Storage('data', { index: 2 }), new Storage('data', { index: 2, location: '/srv' })];
  assert.deepEqual(await findingsOf({ storages }), [
    'the state has storage data/2 twice: give each an index of its own',
  ]);
});

test('stored states hold JSON values, at any depth', async () => {
  for (const value of [new Date(0), undefined, NaN, new Map(), [{ deep: () => 1 }], 1n]) {
    const stored = new StoredState('stored', { content: { fine: [{ a: null }], odd: value } });
    const [finding, ...others] = await findingsOf({ storedStates: [stored] });
    assert.match(finding ?? '', /^field odd of stored state charm\/stored holds no JSON value: use texts/);
    assert.deepEqual(others, []);
  }
});

test('a storage that is there twice, each with an index of its own or the very same, is no mistake', async () => {
  const [first, second] = [new Storage('data'), new Storage('data')];
  assert.notEqual(first.index, second.index);
  const state = new State<typeof WebCharm.meta>({ storages: [first, second, first.with({})] });
  assert.deepEqual(state.storages, [first, second]);
  await ctx.run(ctx.on.start(), state);
});

test('what else is there twice is told of, since only the first counts', async () => {
  const workload = new Context(WorkloadCharm);
  const [app, secret] = [new Container('app'), new Secret({ 'a-key': 'b' })];
  const execs = [new Exec(['a']), new Exec(['a'], { exitCode: 1 })];
  const state = new State<typeof WorkloadCharm.meta>({
    containers: [app, app.with({ canConnect: true, execs })],
    secrets: [secret, secret.with({ label: 'other' })],
  });
  await workload.run(workload.on.start(), state);
  assert.deepEqual(workload.warnings, [
    'container app has two Execs for ["a"]: leave one out',
    'the state has container app twice: leave one out',
    `the state has secret ${secret.id} twice: give each an id of its own`,
  ]);
});

test('the relation and the secret of an event are as in the state; an equal copy will do', async () => {
  const db = new Relation('db');
  const secret = new Secret({ 'a-key': 'b' });
  const fields = { relations: [db.with({ remoteAppData: { a: 'b' } })], secrets: [secret.with({ label: 'mine' })] };
  assert.deepEqual(await findingsOf(fields, ctx.on.relationCreated(db)), [
    `db-relation-created is about a relation ${db.id} that is not as in the state: take the state's, state.relation(${db.id})`,
  ]);
  assert.deepEqual(await findingsOf(fields, ctx.on.secretChanged(secret)), [
    `secret-changed is about a secret ${secret.id} that is not as in the state: take the state's, state.secret(secret)`,
  ]);
  const state = new State<typeof WebCharm.meta>(fields);
  await ctx.run(ctx.on.relationCreated(state.relation(db).with({})), state);
  await ctx.run(ctx.on.secretChanged(state.secret(secret).with({})), state);
  assert.deepEqual(await findingsOf({ relations: [new Relation('db')] }, ctx.on.relationCreated(db)), [
    `db-relation-created is about relation ${db.id}, which is not in the state: add it to relations`,
  ]);
});
