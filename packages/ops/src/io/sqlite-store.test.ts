// The store in real files: private, and whole whatever happens while it is written.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { Notice, StoreContents } from '../framework/store.ts';
import { FORMAT, formatOf } from './sqlite-format.ts';
import { SqliteStore } from './sqlite-store.ts';

function tempFile(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'sqlite-store-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'state.db');
}

const notice = (sequence: number): Notice => ({
  sequence,
  emitter: 'charm/on',
  kind: 'config-changed',
  observer: 'charm',
  handler: '#onConfigChanged',
  snapshot: { n: sequence, text: 'ä\u0000"' },
  missed: sequence % 2,
});
const unlogged = { log: () => assert.fail('nothing to tell') };

const contents = (n: number): StoreContents => ({
  notices: [notice(3), notice(1), notice(2)],
  states: new Map([['charm/stored', { n, nested: [{ a: null }] }]]),
});

async function commit(path: string, value: StoreContents): Promise<void> {
  const store = new SqliteStore(path, unlogged);
  await store.load();
  await store.commit(value);
  await store.close();
}

async function load(path: string): Promise<StoreContents> {
  const store = new SqliteStore(path, unlogged);
  try {
    return await store.load();
  } finally {
    await store.close();
  }
}

test('what was committed is there in the next dispatch, in its order', async (t) => {
  const path = tempFile(t);
  await commit(path, contents(1));
  const loaded = await load(path);
  assert.deepEqual(loaded.notices, contents(1).notices);
  assert.deepEqual(loaded.states, contents(1).states);
  await commit(path, { notices: [], states: new Map() });
  assert.deepEqual(await load(path), { notices: [], states: new Map() });
});

test('a store that nothing was committed to is empty, and makes no file', async (t) => {
  const path = tempFile(t);
  assert.deepEqual(await load(path), { notices: [], states: new Map(), isNew: true });
  assert.equal(existsSync(path), false);
});

test('the file is private, also if it was not', async (t) => {
  const path = tempFile(t);
  writeFileSync(path, '', { mode: 0o644 });
  await commit(path, contents(1));
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('a damaged file is reported and kept aside, and every later dispatch hears of it until something is stored', async (t) => {
  const path = tempFile(t);
  const garbage = 'this is no database, but long enough to be taken for one. '.repeat(50);
  for (const aside of [`${path}.damaged`, `${path}.damaged.2`]) {
    writeFileSync(path, garbage);
    await assert.rejects(load(path), (error: Error & { code: string }) => {
      assert.equal(error.code, 'store-corrupt');
      assert.ok(error.message.includes(`kept as ${aside}:`), error.message);
      return true;
    });
    assert.equal(readFileSync(aside, 'utf8'), garbage);
    assert.equal(existsSync(path), false);
  }
  const log: string[] = [];
  const store = new SqliteStore(path, { log: (level, message) => log.push(`${level} ${message}`) });
  assert.deepEqual(await store.load(), { notices: [], states: new Map(), isNew: false });
  assert.match(log.join('\n'), /^WARNING .*damaged and kept as .*state\.db\.damaged\.$/);
  await store.commit(contents(1));
  await store.close();
  assert.deepEqual((await load(path)).states, contents(1).states);
});

test('damage of any kind is found: rows that are no JSON, a table that is missing, a file cut short', async (t) => {
  const damages: readonly ((path: string) => void)[] = [
    (path) => change(path, 'UPDATE state SET data = \'{"n": 1\''),
    (path) => change(path, "UPDATE notice SET snapshot = '[]'"),
    (path) => change(path, 'DROP TABLE state'),
    (path) => truncateSync(path, 5000),
  ];
  for (const damage of damages) {
    const path = tempFile(t);
    await commit(path, contents(1));
    damage(path);
    await assert.rejects(load(path), { code: 'store-corrupt' });
  }
});

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

// Each file was written by the version that first had the format: whatever is written later, these must be read.
for (const [format, missed] of [
  [1, [0, 0, 0]],
  [2, [0, 1, 2]],
] as const) {
  test(`a store that format ${format} wrote is read, and goes on in format ${FORMAT}`, async (t) => {
    const path = tempFile(t);
    copyFileSync(new URL(`../../test/fixtures/store-format-${format}.db`, import.meta.url), path);
    const before = await load(path);
    assert.deepEqual(
      before.notices.map((each) => [each.sequence, each.kind, each.observer, each.handler, each.missed]),
      [
        [4, 'config-changed', 'charm', '#onConfigChanged', missed[0]],
        [7, 'db-relation-changed', 'charm/db', '#onChanged', missed[1]],
        [5, 'web-pebble-ready', 'charm', '#onReady', missed[2]],
      ],
    );
    assert.deepEqual(before.notices[1]?.snapshot, {
      relation_name: 'db',
      relation_id: 3,
      app_name: 'sql',
      unit_name: 'sql/0',
    });
    assert.deepEqual(before.states.get('charm/stored'), { count: 3, names: ['ä', 'b'], nested: { on: null } });
    const later = { ...before, notices: before.notices.map((each) => ({ ...each, missed: 2 })) };
    await commit(path, later);
    assert.deepEqual(await load(path), later);
    assert.equal(userVersion(path), FORMAT);
  });
}

function userVersion(path: string): number {
  const database = new DatabaseSync(path);
  const format = formatOf(database);
  database.close();
  return format;
}

test('a store of a newer version is reported, and left as it is', async (t) => {
  const path = tempFile(t);
  await commit(path, contents(1));
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 7');
  database.close();
  await assert.rejects(load(path), { code: 'store-too-new', message: /format 7/ });
  await assert.rejects(new SqliteStore(path, unlogged).commit(contents(2)), { code: 'store-too-new' });
});

test('a directory that is not there is reported', async (t) => {
  const path = join(tempFile(t), 'missing', 'state.db');
  await assert.rejects(new SqliteStore(path, unlogged).commit(contents(1)), { code: 'store-failed' });
});

const STORE = JSON.stringify(new URL('./sqlite-store.ts', import.meta.url).href);

/** A program that loads the store at argv[1] and commits states with a filling of argv[2] bytes, again and again. */
const COMMITTER = `
  import { SqliteStore } from ${STORE};
  const [path, size] = process.argv.slice(1);
  for (let n = 1; ; n++) {
    const store = new SqliteStore(path, console);
    await store.load();
    const filling = 'x'.repeat(Number(size));
    await store.commit({ notices: [], states: new Map([['a', { n, filling }], ['b', { n, filling }]]) });
    await store.close();
    if (n === 1) console.log('committed');
  }
`;
const COMMITTER_ARGS = ['--conditions=@charmed/source', '--input-type=module', '--eval', COMMITTER];

test('on a full disk the old contents stay', async (t) => {
  const path = tempFile(t);
  await commit(path, contents(1));
  // The limit is in blocks of 512 bytes: 32 KiB for any file.
  const limited = 'ulimit -f 64; exec "$@"';
  const child = spawnSync('sh', ['-c', limited, 'sh', process.execPath, ...COMMITTER_ARGS, path, '200000'], {
    encoding: 'utf8',
  });
  assert.notEqual(child.status, 0);
  assert.match(child.stderr, /store-failed/);
  assert.deepEqual((await load(path)).states, contents(1).states);
});

test('killed at any point of a commit, the store has the old contents or the new', async (t) => {
  const path = tempFile(t);
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [...COMMITTER_ARGS, path, '200000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await pause(Math.random() * 25);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { states } = await load(path);
    const [a, b] = [states.get('a'), states.get('b')];
    assert.ok(typeof a?.n === 'number' && a.n >= 1);
    assert.deepEqual(a, b);
    assert.equal(a.filling, 'x'.repeat(200_000));
  }
});
