// A packed charm is killed with -9 at every step of its life. Nothing that was committed is lost, and when Juju runs the hook again,
// nothing is deferred twice.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { unpackedCharm } from '../unpacked-charm.ts';
import { SmallJuju, type RunOptions } from './small-juju.ts';

const CHARM = `
import { ActiveStatus, CharmBase, CustomEventBase, OpsObject, main } from '@charmed/ops';
import type { AnyCharm, CollectStatusEvent, EventBase, Framework, MainOptions } from '@charmed/ops';

class PokedEvent extends CustomEventBase<{ n: number }> {}

class Part extends OpsObject {
  readonly on = this.defineEvents({ poked: PokedEvent });
  #stored = this.storedState({ pokes: 0 });

  async poke(): Promise<void> {
    this.#stored.pokes += 1;
    await this.on.poked.emit({ n: 1 });
  }
}

class KilledCharm extends CharmBase {
  #stored = this.storedState({ runs: 0, filling: 'x'.repeat(20_000) });
  readonly #part = new Part(this, 'part');

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#defer);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
    this.observe(this.#part.on.poked, this.#defer);
    this.observe(this.on.collectUnitStatus, this.#onCollectStatus);
  }

  #defer(event: EventBase): void {
    event.defer();
  }

  async #onUpdateStatus(event: EventBase): Promise<void> {
    this.#stored.runs += 1;
    console.log('updating');
    await this.unit.setWorkloadVersion('1');
    await this.#part.poke();
    event.defer();
  }

  #onCollectStatus(event: CollectStatusEvent): void {
    event.addStatus(new ActiveStatus());
  }
}

if (import.meta.main) await main(KilledCharm, { store: process.env.STORE as MainOptions['store'] });
`;

let directory: string;
let juju: SmallJuju;
let store: string;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-kill-'));
  const charm = await unpackedCharm(directory, CHARM);
  juju = await SmallJuju.start(charm);
  store = join(charm, '.charmed-state.db');
});

after(async () => {
  await juju[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

interface Stored {
  readonly notices: readonly unknown[];
  readonly states: Readonly<Record<string, { readonly runs?: number; readonly pokes?: number }>>;
}

function stored(): Stored {
  const database = new DatabaseSync(store); // which undoes what was half done, as the next dispatch would
  const notices = database.prepare('SELECT kind, observer, handler, snapshot FROM notice ORDER BY rowid').all();
  const states = database.prepare('SELECT handle, data FROM state').all();
  database.close();
  return {
    notices: notices.map((row) => ({ ...row })),
    states: Object.fromEntries(states.map((row) => [row.handle, JSON.parse(String(row.data))])),
  };
}

/** Config-changed was deferred; what update-status adds to it is what the kills are about. */
async function afterConfigChanged(): Promise<{ readonly contents: Stored; restore(): void }> {
  rmSync(store, { force: true });
  assert.equal((await juju.run('hooks/config-changed')).code, 0);
  const copy = join(directory, 'before.db');
  copyFileSync(store, copy);
  return {
    contents: stored(),
    restore() {
      rmSync(`${store}-journal`, { force: true });
      copyFileSync(copy, store);
    },
  };
}

const WAITING = ['config-changed', 'update-status', 'poked'];
const preload = { NODE_OPTIONS: `--require=${join(import.meta.dirname, 'kill-at.cjs')}` };

const kindsIn = ({ notices }: Stored) => notices.map((notice) => (notice as { kind: string }).kind);

/** Kills update-status at one point, looks at the store, and lets Juju run the hook again. */
async function killAndRetry(unit: Awaited<ReturnType<typeof afterConfigChanged>>, whole: Stored, kill: RunOptions) {
  unit.restore();
  const killed = await juju.run('hooks/update-status', kill);
  const point = JSON.stringify(kill);
  assert.equal(killed.signal, 'SIGKILL', point);
  const left = stored();
  const committed = left.notices.length > unit.contents.notices.length;
  assert.deepEqual(left, committed ? whole : unit.contents, point);
  const again = await juju.run('hooks/update-status');
  assert.equal(again.code, 0, `${point}\n${again.output}\n${again.log.join('\n')}`);
  const end = stored();
  assert.deepEqual(end.notices, whole.notices, point);
  assert.equal(end.states['charm/stored']?.runs, committed ? 2 : 1, point);
  return committed;
}

test('killed at any hook command, it has lost nothing and the hook runs again', async () => {
  const unit = await afterConfigChanged();
  const clean = await juju.run('hooks/update-status');
  assert.equal(clean.code, 0);
  const whole = stored();
  assert.deepEqual(kindsIn(whole), WAITING);
  assert.ok(clean.commands.length >= 10, `${clean.commands.length} commands`);
  for (let command = 1; command <= clean.commands.length; command += 1) {
    assert.equal(await killAndRetry(unit, whole, { killAtCommand: command }), false);
  }
  assert.equal((await juju.run('hooks/start')).code, 0);
});

test('killed at any step of its store, or between its commit and its end, likewise', async () => {
  const unit = await afterConfigChanged();
  const file = join(directory, 'steps.json');
  assert.equal((await juju.run('hooks/update-status', { environment: { ...preload, STEPS: file } })).code, 0);
  const whole = stored();
  const steps: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of ['exec BEGIN IMMEDIATE', 'exec COMMIT', 'close', 'exit']) assert.ok(steps.includes(name), name);
  const committed: boolean[] = [];
  for (const [index] of steps.entries()) {
    const kill = { environment: { ...preload, KILL_AT: String(index + 1) } };
    committed.push(await killAndRetry(unit, whole, kill));
  }
  const expected = steps.map((_, index) => index > steps.indexOf('exec COMMIT'));
  assert.deepEqual(committed, expected);
});

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const skip = hasStrace ? false : 'no strace that may trace here: nothing was killed in the middle of a commit';

test('killed at what the kernel does for a commit, it has the old store or the new', { skip }, async () => {
  const unit = await afterConfigChanged();
  assert.equal((await juju.run('hooks/update-status')).code, 0);
  const whole = stored();
  // Some of the many writes, each time that data must reach the disk, and the removal of the journal, which is the commit.
  const points = [
    ...[1, 4, 9, 16, 25].map((n) => ['pwrite64', n]),
    ...[1, 2, 3].map((n) => ['fsync', n]),
    ['unlink', 1],
  ];
  for (const [call, n] of points) {
    const files = ['-P', store, '-P', `${store}-journal`];
    const kill = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${n}`];
    const committed = await killAndRetry(unit, whole, {
      program: ['strace', '-f', '-qq', '-o', '/dev/null', ...files, ...kill, './dispatch'],
    });
    assert.equal(committed, false, `${call} ${n}`);
  }
});

test('when Juju could not keep what a whole hook did, and runs it again, nothing is deferred twice', async () => {
  await afterConfigChanged();
  for (const runs of [1, 2, 3]) {
    assert.equal((await juju.run('hooks/update-status')).code, 0);
    const { notices, states } = stored();
    assert.deepEqual(kindsIn({ notices, states }), WAITING);
    assert.equal(states['charm/stored']?.runs, runs);
    assert.equal(states['charm/part/stored']?.pokes, runs);
  }
});

test('with the store that Juju keeps, a kill leaves what the last whole hook left', async () => {
  const environment = { STORE: 'juju' };
  rmSync(store, { force: true });
  assert.equal((await juju.run('hooks/config-changed', { environment })).code, 0);
  const unit = new Map(juju.state);
  const clean = await juju.run('hooks/update-status', { environment });
  const whole = new Map(juju.state);
  assert.notDeepEqual(whole, unit);
  assert.equal(clean.commands.filter(([command]) => command === 'state-set').length, 1);
  assert.equal(clean.commands.at(-1)?.[0], 'state-set', 'the commit is the last act');
  for (let command = 1; command <= clean.commands.length; command += 1) {
    juju.state = unit;
    const killed = await juju.run('hooks/update-status', { environment, killAtCommand: command });
    assert.equal(killed.signal, 'SIGKILL');
    assert.deepEqual(juju.state, unit);
  }
  assert.equal((await juju.run('hooks/update-status', { environment })).code, 0);
  assert.deepEqual(juju.state, whole);
});
