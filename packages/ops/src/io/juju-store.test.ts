// The store in Juju's state, over a runner that keeps it and has Juju's limits.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../framework/json.ts';
import type { Notice, StoreContents } from '../framework/store.ts';
import type { HookRunner } from '../hookcmds/runner.ts';
import { JujuStore } from './juju-store.ts';

const EMPTY: StoreContents = { notices: [], states: new Map() };

const notice = (sequence: number, snapshot: JsonObject = {}): Notice => ({
  sequence,
  emitter: 'charm/on',
  kind: 'config-changed',
  observer: 'charm',
  handler: '#onConfigChanged',
  snapshot,
  missed: 0,
});

/** Juju's side, which outlives the stores. */
function unit(initial: Readonly<Record<string, string>> = {}, maxValueBytes = 65_536) {
  const state = new Map(Object.entries(initial));
  const commands: string[] = [];
  const log: string[] = [];
  const sent: object[] = [];
  const refused = { code: 1, stdout: '', stderr: 'ERROR max allowed value length exceeded quota limit exceeded\n' };
  const runner: HookRunner = {
    async run(command, args, options) {
      commands.push(command);
      if (command === 'state-get') return answer(JSON.stringify(state.size > 0 ? Object.fromEntries(state) : null));
      if (command === 'state-delete') state.delete(args[0] ?? '');
      else {
        const values = Object.entries<string>(JSON.parse(options?.stdin ?? ''));
        assert.ok(values.every(([key]) => Buffer.byteLength(key) <= 256));
        if (values.some(([, value]) => Buffer.byteLength(value) > maxValueBytes)) return refused;
        sent.push(Object.fromEntries(values));
        for (const [key, value] of values) state.set(key, value);
      }
      return answer('');
    },
    close: () => Promise.resolve(),
  };
  const store = () => new JujuStore(runner, { log: (level, message) => log.push(`${level} ${message}`) });
  const commit = async (contents: StoreContents) => {
    commands.length = 0;
    const dispatch = store();
    await dispatch.load();
    await dispatch.commit(contents);
    return [...commands];
  };
  return { state, sent, log, load: () => store().load(), commit };
}

const answer = (stdout: string) => ({ code: 0, stdout, stderr: '' });

test('what was committed is there in the next dispatch, beside what the charm itself keeps', async () => {
  const { commit, load, state } = unit({ theirs: 'kept' });
  const contents: StoreContents = {
    notices: [notice(3, { text: 'ä\u0000"\uD800' }), notice(1)],
    states: new Map([['charm/stored', { count: 1, nested: [null] }]]),
  };
  assert.deepEqual(await load(), { ...EMPTY, isNew: true });
  assert.deepEqual(await commit(contents), ['state-get', 'state-set']);
  assert.deepEqual(await load(), contents);
  assert.equal(state.get('theirs'), 'kept');
});

test('only what changed is sent, in one command', async () => {
  const { commit, load, sent } = unit();
  const contents = (b: number): StoreContents => ({
    notices: [notice(1)],
    states: new Map([
      ['a', { n: 1 }],
      ['b', { n: b }],
    ]),
  });
  await commit(contents(1));
  assert.deepEqual(await commit(contents(2)), ['state-get', 'state-set']);
  assert.deepEqual(sent.at(-1), { 'charmed/state/b': '1 1 ["b",{"n":2}]' });
  assert.deepEqual(await commit(contents(2)), ['state-get']);
  assert.deepEqual(await load(), contents(2));
});

test('a large state is cut into pieces, and the pieces that it does not need any more are deleted', async () => {
  const { commit, load, state } = unit();
  const large = (length: number): StoreContents => ({
    notices: [],
    states: new Map([['charm/stored', { text: 'é'.repeat(length) }]]),
  });
  for (const [length, pieces] of [
    [100_000, 10],
    [30_000, 3],
    [1, 1],
  ] as const) {
    const commands = await commit(large(length));
    assert.equal(commands.filter((command) => command === 'state-set').length, 1);
    assert.deepEqual(await load(), large(length));
    assert.equal([...state.keys()].filter((key) => key.includes('stored')).length, pieces);
  }
});

test('a handle of any length and any letters has a key of its own', async () => {
  const { commit, load } = unit();
  const handles = [
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
    'é'.repeat(130),
    'charm/a#2',
    'charm/a',
    'sha256/x',
    '',
    '#',
  ];
  const contents: StoreContents = { notices: [], states: new Map(handles.map((handle) => [handle, { handle }])) };
  await commit(contents);
  assert.deepEqual((await load()).states, contents.states);
});

test('whatever is stored comes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue()), { selector: ([handle]) => handle }),
      async (values) => {
        const { commit, load } = unit();
        const contents: StoreContents = {
          notices: values.map(([text, value], index) => notice(index, { text, value } as JsonObject)),
          states: new Map(values.map(([handle, value]) => [handle, { value } as JsonObject])),
        };
        await commit(contents);
        const loaded = await load();
        assert.equal(JSON.stringify(loaded.notices), JSON.stringify(contents.notices));
        assert.deepEqual(sortedTexts(loaded.states), sortedTexts(contents.states));
      },
    ),
  );
});

function sortedTexts(states: StoreContents['states']): readonly string[] {
  return [...states].map((each) => JSON.stringify(each)).toSorted();
}

test("Juju's quota is told with the largest entry, before or after Juju refuses", async () => {
  const contents: StoreContents = {
    notices: [notice(1)],
    states: new Map([
      ['charm/small', { a: 1 }],
      ['charm/backups', { list: 'x'.repeat(1000) }],
    ]),
  };
  await assert.rejects(unit({}, 500).commit(contents), {
    code: 'store-quota',
    message: /quota limit exceeded\. The largest entry is charm\/backups, with 10\d\d bytes\./,
  });
  const large = unit();
  await large.commit({ ...contents, states: new Map([['charm/backups', { list: 'x'.repeat(2_200_000) }]]) });
  assert.match(large.log.join('\n'), /^WARNING The unit stores 22\d+ bytes.*largest entry is charm\/backups/);
  const deferring = unit({}, 500).commit({ ...EMPTY, notices: Array.from({ length: 20 }, (_, n) => notice(n)) });
  await assert.rejects(deferring, { message: /The largest entry is 20 deferred events/ });
});

test('another failure of Juju comes out as it is', async () => {
  const runner: HookRunner = {
    run: async (command) => (command === 'state-get' ? answer('{}') : { code: 1, stdout: '', stderr: 'ERROR no\n' }),
    close: () => Promise.resolve(),
  };
  const store = new JujuStore(runner, { log: () => undefined });
  await store.load();
  await assert.rejects(store.commit({ ...EMPTY, notices: [notice(1)] }), { code: 'hook-command-failed' });
});

test('what cannot be read is reported, and left as it is', async () => {
  for (const broken of [
    { 'charmed/notices': '1 1 [' },
    { 'charmed/notices': '[]' },
    { 'charmed/state/a': '1 2 ["a",' },
  ]) {
    const { load, state } = unit(broken);
    await assert.rejects(load(), { code: 'store-corrupt', message: /state-get/ });
    assert.deepEqual(Object.fromEntries(state), broken);
  }
});

test('what a newer version has stored is told as such, and left as it is', async () => {
  for (const newer of [{ 'charmed/notices': '9 1 []' }, { 'charmed/state/a': '2 1 ["a",{}]' }]) {
    const { load, state } = unit(newer);
    await assert.rejects(load(), {
      code: 'store-too-new',
      message: /format [29].*Refresh to a charm with a newer one/,
    });
    assert.deepEqual(Object.fromEntries(state), newer);
  }
});

// The oldest there are: whatever is written later, these must be read.
test('what format 1 has stored is read', async () => {
  const { load } = unit({
    theirs: 'kept',
    'charmed/notices':
      '1 2 [{"sequence":7,"emitter":"charm/db/on","kind":"ready","observer":"charm","handler":"#onReady","snapshot":',
    'charmed/notices#2': '{"url":"\\u00e4"},"missed":3}]',
    'charmed/state/charm/stored': '1 1 ["charm/stored",{"count":3}]',
    'charmed/state/sha256/4a': `1 1 ["charm/${'x'.repeat(300)}",{"a":[null]}]`,
  });
  assert.deepEqual(await load(), {
    notices: [
      {
        sequence: 7,
        emitter: 'charm/db/on',
        kind: 'ready',
        observer: 'charm',
        handler: '#onReady',
        snapshot: { url: 'ä' },
        missed: 3,
      },
    ],
    states: new Map<string, JsonObject>([
      ['charm/stored', { count: 3 }],
      [`charm/${'x'.repeat(300)}`, { a: [null] }],
    ]),
  });
});
