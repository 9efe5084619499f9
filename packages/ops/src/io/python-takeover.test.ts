// The files of a unit that was upgraded from a Python charm. Stores that real Python ops wrote are in `conformance/takeover`.

import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { ScriptedRunner } from '../../test/scripted-runner.ts';
import { jujuContextFrom } from '../juju/context.ts';
import { takingOver } from './python-takeover.ts';
import { SqliteStore } from './sqlite-store.ts';

const SCHEMA = `
  CREATE TABLE snapshot (handle TEXT PRIMARY KEY, data BLOB);
  CREATE TABLE notice (sequence INTEGER PRIMARY KEY AUTOINCREMENT, event_path TEXT, observer_path TEXT, method_name TEXT);
`;
/** `pickle.dumps({'count': 3})` */
const COUNT_3 = Buffer.from('8004950e000000000000007d948c05636f756e74944b03732e', 'hex');
/** `pickle.dumps({})` */
const EMPTY = Buffer.from('80047d942e', 'hex');

function writePython(path: string, count: Uint8Array): void {
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT INTO snapshot VALUES (?, ?)');
  insert.run('WebCharm/on/start[5]', EMPTY);
  insert.run('WebCharm/StoredStateData[_stored]', count);
  database.exec(`INSERT INTO notice VALUES (9, 'WebCharm/on/start[5]', 'WebCharm', '_on_start')`);
  database.close();
}

class Unit {
  readonly log: string[] = [];
  readonly #dir: string;
  readonly own: string;
  readonly python: string;

  constructor(t: TestContext) {
    this.#dir = mkdtempSync(join(tmpdir(), 'python-takeover-'));
    t.after(() => rmSync(this.#dir, { recursive: true }));
    this.own = join(this.#dir, '.charmed-state.db');
    this.python = join(this.#dir, '.unit-state.db');
  }

  writePython(count: Uint8Array = COUNT_3): void {
    writePython(this.python, count);
  }

  open() {
    const context = jujuContextFrom({ JUJU_CHARM_DIR: this.#dir, JUJU_HOOK_NAME: 'start' });
    const runner = new ScriptedRunner();
    const log = { log: (level: string, message: string) => void this.log.push(`${level} ${message}`) };
    return takingOver(new SqliteStore(this.own, log), { context, runner, log, first: 'local' });
  }

  async load() {
    const store = this.open();
    const contents = await store.load();
    await store.close();
    return contents;
  }
}

const START = { event: { emitter: 'charm/on', kind: 'start' }, handle: 'charm', name: '#onStart' };

test('the store of Python ops is read where ours is not there yet, and is left as it is', async (t) => {
  const unit = new Unit(t);
  unit.writePython();
  const before = readFileSync(unit.python);
  const { states, takeover } = await unit.load();
  assert.deepEqual(states, new Map([['charm/_stored', { count: 3 }]]));
  const { notices } = takeover?.match({ observers: [START], states: new Set() }) ?? {};
  assert.deepEqual(
    notices?.map(({ sequence, handler }) => [sequence, handler]),
    [[5, '#onStart']],
  );
  assert.deepEqual(readFileSync(unit.python), before);
  assert.equal(existsSync(unit.own), false);
});

test('once ours has been committed, that of Python is not looked at again', async (t) => {
  const unit = new Unit(t);
  unit.writePython();
  const store = unit.open();
  await store.load();
  await store.commit({ notices: [], states: new Map([['charm/_stored', { count: 4 }]]) });
  await store.close();
  writeFileSync(unit.python, 'no longer a database');
  assert.deepEqual(await unit.load(), { notices: [], states: new Map([['charm/_stored', { count: 4 }]]) });
});

test('a takeover that was not committed happens again', async (t) => {
  const unit = new Unit(t);
  unit.writePython();
  assert.deepEqual((await unit.load()).states, (await unit.load()).states);
});

test('without a store of Python there is nothing, and no file is made', async (t) => {
  const unit = new Unit(t);
  assert.deepEqual(await unit.load(), { notices: [], states: new Map(), isNew: true });
  assert.equal(existsSync(unit.python), false);
});

test('a store that Python made and never filled is empty', async (t) => {
  const unit = new Unit(t);
  writeFileSync(unit.python, '');
  const { states, takeover } = await unit.load();
  assert.equal(states.size, 0);
  assert.deepEqual(takeover?.match({ observers: [], states: new Set() }).unmatched, []);
  assert.equal(statSync(unit.python).size, 0);
});

const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
  'is no database': (path) => writeFileSync(path, 'no database, but long enough to be taken for one. '.repeat(100)),
  'is one of something else': (path) => {
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE other (x)');
    other.close();
  },
  'was cut short': (path) => {
    writePython(path, Buffer.alloc(20_000, COUNT_3));
    truncateSync(path, 8192);
  },
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  test(`a file that ${name} fails one hook, is kept aside, and is told of until something is stored`, async (t) => {
    const unit = new Unit(t);
    damage(unit.python);
    const before = readFileSync(unit.python);
    const aside = `${unit.python}.damaged`;
    await assert.rejects(unit.load(), (error: Error & { code: string }) => {
      assert.equal(error.code, 'python-store-corrupt');
      assert.ok(error.message.includes(`kept as ${aside}:`), error.message);
      return true;
    });
    assert.equal(existsSync(unit.python), false);
    assert.deepEqual(readFileSync(aside), before);

    const warning = `WARNING Nothing was taken over from Python ops, since its store was damaged and kept as ${aside}.`;
    assert.deepEqual(await unit.load(), { notices: [], states: new Map(), isNew: true });
    assert.deepEqual(unit.log, [warning]);
    const store = unit.open();
    await store.load();
    await store.commit({ notices: [], states: new Map([['charm/_stored', { count: 1 }]]) });
    await store.close();
    await unit.load();
    assert.deepEqual(unit.log, [warning, warning]);
  });
}

test('a file that is mended and put back is taken over', async (t) => {
  const unit = new Unit(t);
  unit.writePython();
  const good = readFileSync(unit.python);
  writeFileSync(unit.python, 'x'.repeat(5000));
  await assert.rejects(unit.load(), { code: 'python-store-corrupt' });
  writeFileSync(unit.python, good);
  assert.deepEqual((await unit.load()).states, new Map([['charm/_stored', { count: 3 }]]));
});

test('a file that cannot be reached fails each hook, and stays', async (t) => {
  const unit = new Unit(t);
  mkdirSync(unit.python);
  for (const _ of [1, 2]) {
    await assert.rejects(unit.load(), { code: 'python-store-failed', message: /left as it is; check the disk/ });
  }
  assert.ok(statSync(unit.python).isDirectory());
});

test('code in a stored state is not run, and is refused if the charm needs the state', async (t) => {
  const unit = new Unit(t);
  // os.system('id')
  unit.writePython(Buffer.from('80048c026f738c0673797374656d938c0269648552942e', 'hex'));
  const { states, takeover } = await unit.load();
  assert.equal(states.size, 0);
  assert.throws(() => takeover?.match({ observers: [], states: new Set(['charm/_stored']) }), {
    code: 'cannot-take-over',
    message: /opcode STACK_GLOBAL, which is not part of a simple value; it was not run/,
  });
});
