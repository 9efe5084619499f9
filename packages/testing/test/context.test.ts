import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  MaintenanceStatus,
  UnknownStatus,
  type Framework,
  type RelationChangedEvent,
} from '@charmed/ops';
import {
  ActionFailedError,
  AlreadyEmittedError,
  Context,
  DeferredEvent,
  InconsistentStateError,
  NotInStateError,
  Relation,
  Secret,
  State,
  StateValidationError,
  StoredState,
} from '../src/index.ts';
import { WebCharm } from './web-charm.ts';

test('a run returns the state after the event, and leaves the one before as it was', async () => {
  const ctx = new Context(WebCharm);
  const before = new State({ leader: true });
  const after = await ctx.run(ctx.on.start(), before);
  assert.deepEqual(after.unitStatus, new BlockedStatus('needs db'));
  assert.deepEqual(after.appStatus, new ActiveStatus('led'));
  assert.equal(after.workloadVersion, '1.0');
  assert.deepEqual(after.storedStates, [new StoredState('stored', { content: { starts: 1, url: '' } })]);
  assert.deepEqual(before, new State({ leader: true }));
});

test('a context records what was emitted, logged, and shown on the way', async () => {
  const ctx = new Context(WebCharm, { captureFrameworkEvents: true });
  await ctx.run(ctx.on.start(), new State());
  assert.deepEqual(ctx.unitStatusHistory, [new UnknownStatus(), new MaintenanceStatus('starting')]);
  const kinds = ctx.emittedEvents.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['start', 'reconcile', 'collect-unit-status', 'pre-commit', 'commit']);
  assert.deepEqual(
    ctx.jujuLog.filter(({ level }) => level === 'INFO'),
    [{ level: 'INFO', message: 'started 1' }],
  );
});

test('events of the charm itself are recorded in order, and stored state is typed', async () => {
  const ctx = new Context(WebCharm);
  const db = new Relation('db', { remoteAppData: { url: 'sql://db' } });
  const stored = new StoredState('stored', { content: { starts: 3, url: '' } });
  const out = await ctx.run(ctx.on.relationChanged(db), new State({ relations: [db], storedStates: [stored] }));
  assert.deepEqual(
    ctx.emittedEvents.map(({ emitter, kind }) => `${emitter}/${kind}`),
    ['charm/on/db-relation-changed', 'charm/database/on/ready'],
  );
  assert.equal(out.storedState(stored).content.url, 'sql://db');
  assert.equal(out.storedState(stored).content.starts, 3);
});

test('what is deferred is in the state, and a state with it is a valid input', async () => {
  const ctx = new Context(WebCharm, { captureDeferredEvents: true });
  const deferred = await ctx.run(ctx.on.configChanged(), new State());
  assert.deepEqual(deferred.deferred, [new DeferredEvent('config-changed', { handler: '#onConfigChanged' })]);
  assert.deepEqual(deferred.deferred, [ctx.on.configChanged().deferred('#onConfigChanged')]);
  const db = new Relation('db');
  const out = await ctx.run(ctx.on.relationCreated(db), deferred.with({ relations: [db] }));
  assert.deepEqual(out.deferred, []);
  assert.deepEqual(out.openedPorts, [{ protocol: 'tcp', port: 8080 }]);
  assert.deepEqual(
    ctx.emittedEvents.map(({ kind, isDeferred }) => [kind, isDeferred]),
    [
      ['config-changed', true],
      ['db-relation-created', false],
    ],
  );
});

test('relation data is written as the unit, and as the leader', async () => {
  const ctx = new Context(WebCharm);
  const site = new Relation('site', { remoteUnitsData: { 3: {} } });
  const out = await ctx.run(
    ctx.on.relationJoined(site),
    new State({ relations: [site], leader: true, config: { port: 9 } }),
  );
  assert.equal(out.relation(site).localUnitData['port'], '9');
  assert.deepEqual(out.relation(site).localAppData, { name: 'web' });
  const follower = await ctx.run(ctx.on.relationJoined(site), new State({ relations: [site] }));
  assert.deepEqual(follower.relation(site).localAppData, {});
});

test('an action has its defaults, logs, results, and fails by saying so', async () => {
  const ctx = new Context(WebCharm);
  await ctx.run(ctx.on.action('greet'), new State());
  assert.deepEqual(ctx.actionResults, { greeting: { text: 'hello world' } });
  assert.deepEqual(ctx.actionLogs, ['greeting']);
  await assert.rejects(ctx.run(ctx.on.action('greet', { params: { name: 'nobody' } }), new State()), (error) => {
    assert(error instanceof ActionFailedError);
    assert.equal(error.reason, 'there is nobody');
    assert.deepEqual(error.actionResults, { greeting: { text: 'hello nobody' } });
    assert.deepEqual(error.state.unitStatus, new BlockedStatus('needs db'));
    return true;
  });
});

test('what the charm throws comes out as it is, with its own stack', async () => {
  const ctx = new Context(WebCharm);
  await assert.rejects(ctx.run(ctx.on.action('crash'), new State()), (error) => {
    assert(error instanceof RangeError);
    assert.match(error.stack ?? '', /RangeError: crashed\n\s+at #onCrash \(.*web-charm\.ts:\d+/);
    return true;
  });
  assert(ctx.jujuLog.some(({ message }) => message.includes('crash_action')));
});

test('a charm without metadata of its own has those of its directory, and else none', async (t) => {
  class BareCharm extends CharmBase {}
  assert.throws(() => new Context(BareCharm), { code: 'context-setup' });
  const charmRoot = mkdtempSync(join(tmpdir(), 'charmed-context-'));
  t.after(() => rmSync(charmRoot, { recursive: true }));
  writeFileSync(join(charmRoot, 'metadata.yaml'), 'name: "bare"\nrequires: { db: { interface: sql } }');
  writeFileSync(join(charmRoot, 'config.yaml'), 'options: { port: { type: int, default: 80 } }');
  const ctx = new Context(BareCharm, { charmRoot });
  assert.equal(ctx.unitName, 'bare/0');
  await using manager = await ctx.manager(ctx.on.start(), new State({ relations: [new Relation('db')] }));
  assert.deepEqual(await manager.charm.config(), { port: 80 });
  const named = new Context(BareCharm, { charmRoot, appName: 'other' });
  assert.equal(named.unitName, 'other/0');
});

test('a forgotten await fails the test, with its line', async () => {
  const ctx = new Context(WebCharm);
  await assert.rejects(ctx.run(ctx.on.updateStatus(), new State()), (error: Error) => {
    assert.match(error.message, /#onUpdateStatus for update-status did not await unit\.setStatus/);
    assert.match(error.message, /web-charm\.ts:\d+/);
    return true;
  });
});

test('a manager hands out the charm before its event', async () => {
  const ctx = new Context(WebCharm);
  const manager = await ctx.manager(ctx.on.start(), new State({ config: { port: 4 } }));
  assert.equal(manager.charm.stored.starts, 0);
  assert.equal((await manager.charm.config()).port, 4);
  manager.charm.stored.starts = 6;
  const out = await manager.run();
  assert.deepEqual(out.storedState().content, { starts: 7, url: '' });
  await assert.rejects(manager.run(), AlreadyEmittedError);
  {
    await using disposed = await ctx.manager(ctx.on.start(), new State());
    assert.equal(disposed.charm.app.name, 'web');
  }
  assert.deepEqual(ctx.unitStatusHistory.at(-1), new MaintenanceStatus('starting'));
});

test('events of its own can be asked for, and the end of a dispatch alone', async () => {
  const ctx = new Context(WebCharm);
  const ready = ctx.on.custom((charm) => charm.database.on.ready, { url: 'x' });
  assert.deepEqual((await ctx.run(ready, new State())).storedState().content, { starts: 0, url: 'x' });
  const status = await ctx.run(ctx.on.collectUnitStatus(), new State());
  assert.deepEqual(status.unitStatus, new BlockedStatus('needs db'));
});

test('a secret is tracked until it is refreshed', async () => {
  const ctx = new Context(WebCharm);
  const secret = new Secret({ password: 'old' }, { latestContent: { password: 'new' } });
  const out = await ctx.run(ctx.on.secretChanged(secret), new State({ secrets: [secret] }));
  assert.equal(out.workloadVersion, 'new');
  assert.deepEqual(out.secret(secret).trackedContent, { password: 'new' });
  assert.equal(out.secret(secret).trackedRevision, 2);
});

test('a thousand runs at a time never see each other, nor does the console of those outside', async () => {
  const ctx = new Context(WebCharm);
  const before = console.log;
  const runs = await Promise.all(
    Array.from({ length: 1000 }, (_, starts) => {
      const stored = new StoredState('stored', { content: { starts, url: '' } });
      return ctx.record(ctx.on.start(), new State({ storedStates: [stored] }));
    }),
  );
  assert.equal(console.log, before);
  for (const [index, { jujuLog, state }] of runs.entries()) {
    const lines = jujuLog.filter(({ level }) => level === 'INFO').map(({ message }) => message);
    assert.deepEqual(lines, [`started ${index + 1}`]);
    assert.deepEqual(state.storedState().content, { starts: index + 1, url: '' });
  }
});

test('a state is derived from what the charm declares', async () => {
  const db = new Relation('db', { id: 77 });
  const state = State.from(WebCharm, { leader: true, relations: [db] });
  assert.deepEqual(state.config, { port: 8080 });
  assert.deepEqual(
    state.relations.map(({ endpoint }) => endpoint),
    ['db', 'site', 'peers'],
  );
  assert.equal(state.relation(77), db);
  assert.deepEqual(
    state.storages.map(({ id }) => id),
    [`data/${state.storage('data').index}`],
  );
  const ctx = new Context(WebCharm);
  assert.deepEqual((await ctx.run(ctx.on.start(), state)).unitStatus, new ActiveStatus());
});

test('states that Juju would never come to are refused, with what to change, unless nobody checks', async () => {
  const ctx = new Context(WebCharm);
  const state = new State({ config: { none: 1 }, relations: [new Relation('none')] });
  await assert.rejects(ctx.run(ctx.on.start(), state), (error) => {
    assert(error instanceof InconsistentStateError);
    assert.equal(error.findings.length, 2);
    assert.match(error.message, /config sets none, but the charm has no such option, only port, title: declare it/);
    return true;
  });
  const careless = new Context(WebCharm, { checkConsistency: false });
  await careless.run(careless.on.start(), state);
});

test('a doubtful event is told of', async () => {
  const ctx = new Context(WebCharm);
  const site = new Relation('site', { remoteUnitsData: { 0: {}, 1: {} } });
  await ctx.run(ctx.on.relationJoined(site), new State({ relations: [site] }));
  assert.match(ctx.warnings[0] ?? '', /does not say which of the units 0, 1 it is about/);
});

test('values of wrong types are refused where they are made', () => {
  assert.throws(() => new Relation('db', { remoteAppData: { port: 1 as unknown as string } }), StateValidationError);
  assert.throws(() => new State({ openedPorts: [70_000] }), StateValidationError);
  assert.throws(() => new State({ openedPorts: [{ protocol: 'icmp', port: 1 }] }), StateValidationError);
  assert.throws(() => new Secret({ 'a-key': 'b' }, { id: 'secret:short' }), StateValidationError);
  assert.throws(() => new State().relation(1), NotInStateError);
});

test('of several deferred events none is lost, however often a state goes in again', async () => {
  class StubbornCharm extends WebCharm {
    constructor(framework: Framework) {
      super(framework);
      this.observe(this.on.relation('site').changed, this.#onChanged);
    }

    #onChanged(event: RelationChangedEvent): void {
      event.defer();
    }
  }
  const ctx = new Context(StubbornCharm, { captureDeferredEvents: true });
  const site = new Relation('site', { remoteUnitsData: { 0: {}, 1: {}, 2: {} } });
  let state = new State({ relations: [site] });
  for (const remoteUnit of [0, 1, 2, 1]) state = await ctx.run(ctx.on.relationChanged(site, { remoteUnit }), state);
  assert.deepEqual(
    state.deferred.map(({ snapshot }) => snapshot['unit_name']),
    ['remote/0', 'remote/1', 'remote/2'],
  );
  assert.deepEqual((await ctx.run(ctx.on.start(), state)).deferred, state.deferred);
});
