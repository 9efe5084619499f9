// A unit whose charm ran on real Python ops is upgraded to a charm on this library, in the same directory.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { addApplication, integrate, type ModelState, type UnitEvent } from '@charmed/sim/model';
import { peerPath, testWithPeers, type Peer } from '../peers.ts';
import { SimulatedModel } from '../simulated/model.ts';
import { SimulatedUnit, type Dispatch } from '../simulated/unit.ts';

const PEERS: readonly Peer[] = ['python', 'hook-command'];
const PYTHON = join(import.meta.dirname, 'charm.py');
const PYTHON_IN_CONTROLLER = join(import.meta.dirname, 'charm_in_controller.py');
const OURS = join(import.meta.dirname, 'charm.ts');
const OURS_IN_JUJU = join(import.meta.dirname, 'charm-in-juju.ts');
const WEB = { name: 'web', requires: { 'my-db': { interface: 'sql' } } };
const SQL = { name: 'sql', provides: { db: { interface: 'sql' } } };
const UPGRADE: UnitEvent = { kind: 'upgrade-charm' };

interface Begun {
  readonly model: ModelState;
  /** `.unit-state.db`, if there is one. */
  readonly store: Buffer | undefined;
}

/** What a charm in Python leaves behind, which is slow to make. */
const begun = new Map<string, Promise<Begun>>();

/** A unit that has run hooks on Python in which the charm deferred events and stored state. */
async function pythonUnit(t: TestContext, charm = PYTHON): Promise<SimulatedUnit> {
  const made = begun.get(charm) ?? pythonHooks(t, charm);
  begun.set(charm, made);
  const { model, store } = await made;
  const unit = new SimulatedUnit(t, new SimulatedModel('web/0', model), 'web/0', WEB);
  if (store) writeFileSync(join(unit.charmDir, '.unit-state.db'), store);
  return unit;
}

async function pythonHooks(t: TestContext, charm: string): Promise<Begun> {
  const model = new SimulatedModel('web/0');
  model.change((state, at) => addApplication(state, { name: 'web', charm: WEB }, at));
  model.change((state, at) => addApplication(state, { name: 'sql', charm: SQL }, at));
  model.change((state) => integrate(state, 'web:my-db', 'sql:db'));
  model.runWithoutCharm();
  const unit = new SimulatedUnit(t, model, 'web/0', WEB);
  const about = { relationId: 0, endpoint: 'my-db', remoteApp: 'sql', remoteUnit: 'sql/0' };
  const events = [{ kind: 'config-changed' }, { kind: 'start' }, { kind: 'relation-changed', ...about }] as const;
  for (const event of events) {
    const { code, stderr } = await unit.dispatch(charm, event);
    assert.equal(code, 0, stderr);
  }
  const store = join(unit.charmDir, '.unit-state.db');
  return { model: model.state, store: existsSync(store) ? readFileSync(store) : undefined };
}

const RELATION = [0, 'sql', 'sql/0'];

/** What charm.ts finds after charm.py. */
const WHAT_IS_THERE = [
  ['charm', 'config-changed'],
  ['library', 'my-db-relation-changed', ...RELATION],
  ['charm', 'my-db-relation-changed', ...RELATION],
  ['charm', 'database-ready', { url: '', ports: [5432, 5433] }],
  [
    'state',
    {
      count: 2, // start was deferred, and came again
      ratio: 0.5,
      nothing: null,
      limit: 2 ** 53 - 1,
      names: ['a', 'b'],
      token: 'AP8=',
      nested: { pair: [1, ['x', null]], 7: ['grüße', { deep: true }] },
      text: 'yes: no\n# '.repeat(3),
    },
    { urls: [''] },
  ],
];

/** What charm.ts has said. */
function said({ log }: Dispatch): unknown[] {
  return log.filter((line) => line.startsWith('INFO [')).map((line) => JSON.parse(line.slice('INFO '.length)));
}

testWithPeers('deferred events of Python reach their handlers, and its stored state is there', PEERS, async (t) => {
  const unit = await pythonUnit(t);
  const store = join(unit.charmDir, '.unit-state.db');
  const before = readFileSync(store);

  const first = await unit.dispatch(OURS, UPGRADE);
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual(said(first), WHAT_IS_THERE);
  const { place, lines } = report(first);
  assert.equal(place, store);
  assert.deepEqual(lines, [
    'INFO Took over 4 deferred events and 3 stored states of Python ops from $STORE.',
    'WARNING No match for the deferred event WebCharm/on/start[6] for WebCharm._on_start of Python ops: it stays in $STORE.',
    'WARNING No match for the stored state WebCharm/StoredStateData[unused] of Python ops: it stays in $STORE.',
  ]);

  const second = await unit.dispatch(OURS, UPGRADE);
  const [state, ...others] = said(second);
  assert.deepEqual(others, []);
  assert.equal((state as [string, { count: number }])[1].count, 3);
  assert.equal(report(second).lines.length, 0);
  assert.deepEqual(readFileSync(store), before);
});

for (const [where, charm] of [
  ['in Juju', OURS_IN_JUJU],
  ['beside the charm', OURS],
] as const) {
  testWithPeers(`what Python kept in the controller is taken over into a store ${where}`, PEERS, async (t) => {
    const unit = await pythonUnit(t, PYTHON_IN_CONTROLLER);
    assert.equal(existsSync(join(unit.charmDir, '.unit-state.db')), false);
    const before = stateOf(unit);
    const first = await unit.dispatch(charm, UPGRADE);
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(said(first), WHAT_IS_THERE);
    assert.match(report(first).lines.join('\n'), /INFO Took over 4 deferred events and 3 stored states/);
    const second = await unit.dispatch(charm, UPGRADE);
    assert.equal(said(second).length, 1);
    assert.deepEqual(Object.fromEntries(Object.entries(stateOf(unit)).filter(([key]) => key in before)), before);
  });
}

testWithPeers('what Python kept in the controller is looked for in upgrade-charm alone', PEERS, async (t) => {
  const unit = await pythonUnit(t, PYTHON_IN_CONTROLLER);
  const { calls } = await unit.dispatch(OURS, { kind: 'update-status' });
  assert.deepEqual(
    calls.filter(({ command }) => command.startsWith('state-')),
    [],
  );
});

testWithPeers('a unit can go back to its Python charm, which goes on where it was', PEERS, async (t) => {
  const unit = await pythonUnit(t);
  await unit.dispatch(OURS, UPGRADE);
  const { code, log } = await unit.dispatch(PYTHON, UPGRADE);
  assert.equal(code, 0);
  assert.equal(log.filter((line) => line.includes('Re-emitting deferred event')).length, 5);
});

testWithPeers('a dispatch that fails takes nothing over, and the next one takes over all', PEERS, async (t) => {
  const unit = await pythonUnit(t);
  const failing = await unit.dispatch(OURS, { kind: 'stop' });
  assert.equal(failing.code, 1);
  assert.equal(existsSync(join(unit.charmDir, '.charmed-state.db')), false);
  const next = await unit.dispatch(OURS, UPGRADE);
  assert.equal(next.code, 0);
  assert.equal(said(next).length, 5);
});

testWithPeers(
  'an integer beyond 2^53 is refused by name where it is needed, and nothing is changed',
  PEERS,
  async (t) => {
    const unit = await pythonUnit(t);
    python(unit, `charm._stored.seen_ns = 2**60`);
    const { code, log } = await unit.dispatch(OURS, UPGRADE);
    assert.equal(code, 1);
    const error = log.find((line) => line.startsWith('ERROR'));
    assert.match(error ?? '', /cannot take over stored state WebCharm\/StoredStateData\[_stored\] of Python ops/);
    assert.match(error ?? '', /field seen_ns is an integer beyond 2\^53/);
    assert.equal(existsSync(join(unit.charmDir, '.charmed-state.db')), false);
    python(unit, `del charm._stored._data._cache['seen_ns']; charm._stored.count = 8`);
    assert.equal((await unit.dispatch(OURS, UPGRADE)).code, 0);
  },
);

testWithPeers('what Python had not committed when it was killed is taken back first', PEERS, async (t) => {
  const unit = await pythonUnit(t);
  const store = join(unit.charmDir, '.unit-state.db');
  const before = readFileSync(store);
  // A small cache makes SQLite write into the file before the commit that never comes.
  runPython(`
import os, sqlite3
db = sqlite3.connect(${JSON.stringify(store)}, isolation_level=None)
db.execute('PRAGMA cache_size=1')
db.execute('BEGIN')
db.execute("DELETE FROM notice")
for n in range(200):
    db.execute('REPLACE INTO snapshot VALUES (?, ?)', (f'WebCharm/on/start[{n}]', os.urandom(4000)))
os._exit(9)`);
  assert.ok(existsSync(`${store}-journal`));
  assert.notDeepEqual(readFileSync(store), before);
  const { log } = await unit.dispatch(OURS, UPGRADE);
  assert.ok(log.some((line) => line.startsWith('INFO Took over 4 deferred events and 3 stored states')));
  assert.deepEqual(readFileSync(store), before);
});

function stateOf({ model, name }: SimulatedUnit): Readonly<Record<string, string>> {
  return model.state.units[name]?.charmState ?? {};
}

/** What was said about the takeover, with the place of the store taken out. */
function report({ log }: Dispatch): { readonly place: string | undefined; readonly lines: readonly string[] } {
  const lines = log.filter((line) => line.includes('of Python ops'));
  const place = lines.map((line) => / (\/\S+\.unit-state\.db)\.$/.exec(line)?.[1]).find((found) => found !== undefined);
  return { place, lines: place === undefined ? lines : lines.map((line) => line.replace(place, '$STORE')) };
}

/** Runs Python with the charm constructed outside of Juju, and commits what it does. */
function python({ charmDir }: SimulatedUnit, code: string): void {
  runPython(`
import sys
sys.path.insert(0, ${JSON.stringify(import.meta.dirname)})
import ops, ops.framework, ops.storage
from charm import WebCharm
meta = ops.CharmMeta.from_charm_root(${JSON.stringify(charmDir)})
storage = ops.storage.SQLiteStorage(${JSON.stringify(join(charmDir, '.unit-state.db'))})
framework = ops.Framework(storage, ${JSON.stringify(charmDir)}, meta, ops.Model(meta, ops.model._ModelBackend('web/0')))
charm = WebCharm(framework)
${code}
framework.commit()
framework.close()`);
}

function runPython(code: string): void {
  const { stderr, status } = spawnSync(peerPath('python'), ['-B', '-c', code], { encoding: 'utf8' });
  assert.ok(status === 0 || status === 9, stderr);
}
