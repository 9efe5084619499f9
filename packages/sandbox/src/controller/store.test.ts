import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addApplication, emptyModel, removeUnit, settle } from '@charmed/sim/model';
import { Store } from './store.ts';

const EMPTY = emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });

test('a model comes back as it was saved, step by step, from a file that others cannot read', (t) => {
  const path = databasePath(t);
  const deployed = settle(addApplication(EMPTY, { name: 'web', charm: { name: 'web' }, units: 2 }, 't'));
  const smaller = settle(removeUnit(deployed, 'web/0'));
  let store = new Store(path);
  assert.equal(store.load(), undefined);
  store.save(undefined, EMPTY);
  store.save(EMPTY, deployed);
  assert.deepEqual(store.load(), deployed);
  store.save(deployed, smaller);
  store.saveSetting('a', 'b');
  store.startRun('web/1', 'context');
  store.close();
  assert.equal(statSync(path).mode & 0o777, 0o600);
  store = new Store(path);
  assert.deepEqual(store.load(), smaller);
  assert.equal(store.setting('a'), 'b');
  assert.deepEqual(store.runs(), [{ unit: 'web/1', context: 'context' }]);
  store.close();
});

test('one process has a model at a time', (t) => {
  const path = databasePath(t);
  const store = new Store(path);
  store.save(undefined, EMPTY);
  assert.throws(() => new Store(path), { code: 'sandbox-busy' });
  store.close();
});

test('the log gives its last lines, and those after one', (t) => {
  const store = new Store(databasePath(t));
  const line = (message: string, entity = 'unit-web-0') => ({ at: 't', entity, module: 'm', level: 'INFO', message });
  const ids = ['a', 'b', 'c'].map((message) => store.addLog(line(message)));
  assert.deepEqual(
    store.log(0, 2).map(({ message }) => message),
    ['b', 'c'],
  );
  assert.deepEqual(
    store.log(ids[1] ?? 0, 10).map(({ message }) => message),
    ['c'],
  );
  store.addLog(line('d', 'unit-web-1'));
  assert.deepEqual(
    store.log(0, 2, ['unit-web-0', 'controller']).map(({ message }) => message),
    ['b', 'c'],
  );
  store.close();
});

test('a file that is no database is told, and is not taken for a busy one', (t) => {
  const path = databasePath(t);
  writeFileSync(path, 'x'.repeat(5000));
  const message = /file is not a database; `charmed sandbox destroy` removes the sandbox$/;
  assert.throws(() => new Store(path), { code: 'bad-database', message });
  assert.throws(() => new Store(join(path, 'model.db')), { code: 'bad-database' });
});

function databasePath(t: { after(fn: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'store-test-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return join(directory, 'model.db');
}
