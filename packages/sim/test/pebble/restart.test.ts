// What an embedded Pebble knows after a restart, and what becomes of its file. `conformance/pebble` compares it with the real one.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PebbleClient, unixHttpTransport } from '@charmed/ops/pebble';
import fc from 'fast-check';
import { decodeState, encodeState } from '../../src/pebble/engine/saved-state.ts';
import { startPebble } from '../../src/pebble/start.ts';

class Home {
  readonly directory = mkdtempSync(join(tmpdir(), 'charmed-restart-'));
  readonly stateFile = join(this.directory, '.pebble.state');
  readonly #socketPath = join(this.directory, 'socket');

  constructor(context: TestContext, layer?: object) {
    context.after(() => rmSync(this.directory, { recursive: true }));
    mkdirSync(join(this.directory, 'layers'));
    if (layer) writeFileSync(join(this.directory, 'layers', '001-base.yaml'), JSON.stringify(layer));
  }

  get client(): PebbleClient {
    return new PebbleClient(unixHttpTransport(this.#socketPath));
  }

  /** While a Pebble serves from here. */
  async serve<T>(body: (client: PebbleClient) => Promise<T>, environment = process.env): Promise<T> {
    const layersDir = join(this.directory, 'layers');
    const pebble = await startPebble({ socketPath: this.#socketPath, layersDir, environment });
    try {
      return await body(this.client);
    } finally {
      await pebble.close();
    }
  }

  /** While one serves that is then killed. */
  async serveAndKill(body: (client: PebbleClient) => Promise<unknown>): Promise<void> {
    const main = join(import.meta.dirname, '../../src/pebble/main.ts');
    const args = ['--socket', this.#socketPath, '--layers', join(this.directory, 'layers')];
    const pebble = spawn(process.execPath, ['--conditions=@charmed/source', main, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(pebble, 'exit');
    try {
      await once(pebble.stdout, 'data');
      await body(this.client);
    } finally {
      pebble.kill('SIGKILL');
      await ended;
    }
  }

  state(): ReturnType<typeof decodeState> {
    return decodeState(readFileSync(this.stateFile, 'utf8'));
  }
}

const failing = { override: 'replace', command: 'false', 'on-failure': 'ignore' };

const noticeOf = (client: PebbleClient) => client.notify('custom', 'example.com/a', { data: { k: 'v' } });

test('what a client was told is there after SIGKILL, in a file for the owner alone', async (context) => {
  const home = new Home(context);
  await home.serveAndKill(async (client) => {
    await client.replaceIdentities({ bob: { access: 'read', local: { userId: 42 } } });
    assert.equal(await noticeOf(client), '1');
  });
  assert.equal(statSync(home.stateFile).mode & 0o777, 0o600);
  await home.serve(async (client) => {
    assert.deepEqual(await client.getIdentities(), new Map([['bob', { access: 'read', local: { userId: 42 } }]]));
    assert.equal((await client.getNotice('1'))?.lastData['k'], 'v');
    assert.equal(await client.notify('custom', 'example.com/b'), '2');
  });
});

test('changes keep their tasks, and ids go on', async (context) => {
  const home = new Home(context, { services: { web: failing } });
  const failed = async (client: PebbleClient) => {
    await assert.rejects(async () => await client.startServices(['web']));
    return await client.getChanges({ select: 'all' });
  };
  const before = await home.serve(failed);
  assert.equal(before[0]?.status, 'Error');
  const after = await home.serve(failed);
  assert.deepEqual(after.slice(0, 1), before);
  assert.deepEqual(
    after.map(({ id, tasks }) => [id, tasks.map((task) => task.id)]),
    [
      ['1', ['1']],
      ['2', ['2']],
    ],
  );
});

test('a start that was under way has failed, and what waited for it is held', async (context) => {
  const home = new Home(context);
  const time = new Date();
  const task = { kind: 'start', lane: 1, log: [], spawnTime: time, readyTime: undefined, data: undefined } as const;
  const tasks = [
    { ...task, id: '1', summary: 'one', status: 'Doing', waitsFor: [], service: 'one' },
    { ...task, id: '2', summary: 'two', status: 'Do', waitsFor: ['1'], service: 'two' },
  ] as const;
  const change = { id: '1', kind: 'start', summary: 'both', tasks, services: [], noticeData: {} };
  const changes = [{ ...change, announced: 'Doing', spawnTime: time, readyTime: undefined }] as const;
  writeFileSync(
    home.stateFile,
    encodeState({
      changes: { lastChange: 1, lastTask: 2, lastLane: 1, changes },
      notices: { lastId: 0, notices: [] },
      identities: new Map(),
    }),
  );
  await home.serve(async (client) => {
    await client.waitChange('1');
    const { status, tasks: after } = await client.getChange('1');
    assert.equal(status, 'Error');
    assert.deepEqual(
      after.map((each) => each.status),
      ['Error', 'Hold'],
    );
    assert.match(after[0]?.log[0] ?? '', /service already started, not retrying$/);
  });
});

test('what has expired is not brought back', async (context) => {
  const home = new Home(context, { services: { web: failing } });
  await home.serve(async (client) => {
    await noticeOf(client);
    await assert.rejects(async () => await client.startServices(['web']));
  });
  const old = new Date(Date.now() - 8 * 24 * 3_600_000).toISOString();
  const text = readFileSync(home.stateFile, 'utf8');
  writeFileSync(home.stateFile, text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z"/g, `${old}"`));
  await home.serve(async (client) => {
    assert.deepEqual(await client.getNotices(), []);
    assert.deepEqual(await client.getChanges({ select: 'all' }), []);
    assert.equal(await noticeOf(client), '3');
  });
});

test('a file that is damaged is kept aside, whatever is wrong with it', async (context) => {
  const home = new Home(context);
  const warnings: string[] = [];
  const listener = ({ message }: Error) => warnings.push(message);
  process.on('warning', listener);
  for (const damaged of ['', '{"format"', '[]', '{"changes":{},"tasks":{}}', '{"format":"charmed-1","changes":{}}']) {
    writeFileSync(home.stateFile, damaged);
    await home.serve(async (client) => assert.equal(await noticeOf(client), '1'));
    assert.equal(readFileSync(`${home.stateFile}.damaged`, 'utf8'), damaged);
  }
  process.off('warning', listener);
  assert.equal(
    warnings.filter((text) => text.startsWith(`cannot read the state of Pebble in ${home.stateFile}`)).length,
    5,
  );
});

test('a state that cannot be written does not end Pebble', async (context) => {
  const home = new Home(context);
  mkdirSync(`${home.stateFile}.new`);
  await home.serve(async (client) => {
    assert.equal(await noticeOf(client), '1');
    rmSync(`${home.stateFile}.new`, { recursive: true });
    await noticeOf(client);
  });
  assert.equal(home.state().notices.notices[0]?.occurrences, 2);
});

test('nothing is kept with PEBBLE_PERSIST=never', async (context) => {
  const home = new Home(context);
  await home.serve(noticeOf, { ...process.env, PEBBLE_PERSIST: 'never' });
  assert.equal(existsSync(home.stateFile), false);
});

test('what is read is what was written, and text that was tampered with is read or refused', async (context) => {
  const home = new Home(context, { services: { web: failing } });
  await home.serve(async (client) => {
    await client.replaceIdentities({ bob: { access: 'read', basic: { password: '$6$salt$hash' } } });
    await noticeOf(client);
    await assert.rejects(async () => await client.startServices(['web']));
  });
  const text = readFileSync(home.stateFile, 'utf8');
  assert.equal(encodeState(decodeState(text)), text);
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(40),
      fc.constantFrom('', 'null', '"x"', '[]', '{}', '-1'),
      (at, cut, put) => {
        try {
          const state = decodeState(`${text.slice(0, at)}${put}${text.slice(at + cut)}`);
          decodeState(encodeState(state));
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      },
    ),
  );
});
