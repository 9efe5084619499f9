// A packed charm that ends in every way but a good one: what it logged arrives whole and in order, and stacks show its TypeScript.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unpackedCharm } from '../unpacked-charm.ts';
import { SmallJuju, type RunOptions } from './small-juju.ts';

const CHARM = `
import { ActiveStatus, CharmBase, main, type Framework } from '@charmed/ops';

interface Unused {
  readonly nothing: string;
}

class CrashingCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#throws);
    this.observe(this.on.configChanged, this.#failsInHelper);
    this.observe(this.on.install, this.#exits);
    this.observe(this.on.updateStatus, this.#rejects);
    this.observe(this.on.upgradeCharm, this.#throwsLater);
    this.observe(this.on.stop, this.#waits);
    this.observe(this.on.leaderElected, this.#setsStatus);
  }

  async #throws(): Promise<void> {
    await this.#log<Unused>();
    throw new TypeError('thrown'); // HERE: throws
  }

  async #failsInHelper(): Promise<void> {
    await this.#log<Unused>();
    await new Helper(this).fail(); // HERE: calls
  }

  async #exits(): Promise<void> {
    await this.#log<Unused>();
    process.exit(3);
  }

  async #rejects(): Promise<void> {
    await this.#log<Unused>();
    void Promise.reject(new Error('rejected')); // HERE: rejects
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }

  async #throwsLater(): Promise<void> {
    await this.#log<Unused>();
    setTimeout(() => {
      throw new Error('late'); // HERE: throws later
    });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }

  async #waits(): Promise<void> {
    await this.#log<Unused>();
    await new Promise(() => undefined);
  }

  async #setsStatus(): Promise<void> {
    await this.#log<Unused>();
    await this.unit.setStatus(new ActiveStatus()); // HERE: sets
  }

  async #log<T>(): Promise<T | undefined> {
    for (let line = 1; line <= 3; line++) console.log('line', line);
    await Promise.resolve();
    console.warn('line', 4);
    return undefined;
  }
}

class Helper {
  readonly #charm: CharmBase;

  constructor(charm: CharmBase) {
    this.#charm = charm;
  }

  async fail(): Promise<void> {
    await Promise.resolve();
    await this.#charm.unit.setWorkloadVersion('1'); // HERE: fails
  }
}

if (import.meta.main) await main(CrashingCharm);
`;

const LINES = ['INFO line 1', 'INFO line 2', 'INFO line 3', 'WARNING line 4'];
const FAILING = { code: 1, stderr: 'ERROR no way' };

/** A frame of a stack at the line of the charm that says so. */
function frame(name: string, marker: string): RegExp {
  const line = CHARM.split('\n').findIndex((text) => text.endsWith(`// HERE: ${marker}`)) + 1;
  assert.ok(line > 0, marker);
  return new RegExp(String.raw`^ {4}at (?:async )?(?:\S*\.)?${name}\(?src/charm\.ts:${line}:\d+\)?$`, 'm');
}

let directory: string;
let juju: SmallJuju;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-crash-'));
  juju = await SmallJuju.start(await unpackedCharm(directory, CHARM));
});

after(async () => {
  await juju[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

/** @returns the exit code, and the error that was logged after all lines that the charm had logged. */
async function crash(path: string, options: RunOptions = {}): Promise<{ code: number | null; error: string }> {
  const { code, log, output } = await juju.run(path, options);
  // There is no juju-log on PATH: what was not sent when the process ended is on stderr.
  const printed = output.split(/^(?=[A-Z]+ )/m).map((line) => line.trimEnd());
  const told = [...log, ...printed].filter((line) => line !== '' && !/^(DEBUG|TRACE) /.test(line));
  assert.deepEqual(told.slice(0, LINES.length), LINES);
  return { code, error: told.slice(LINES.length).join('\n') };
}

test('a handler that throws', async () => {
  const { code, error } = await crash('hooks/start');
  assert.equal(code, 1);
  assert.match(error, /^ERROR .*\nTypeError: thrown\n/);
  assert.match(error, frame('#throws ', 'throws'));
});

test('a hook command that fails, in an object that the charm uses', async () => {
  const { code, error } = await crash('hooks/config-changed', { answers: { 'application-version-set': FAILING } });
  assert.equal(code, 1);
  assert.match(error, /^ERROR .*\nHookCommandError: cannot run application-version-set: no way\n/);
  assert.match(error, frame('fail ', 'fails'));
  assert.match(error, frame('#failsInHelper ', 'calls'));
});

test('an exit in the midst of a handler', async () => {
  assert.deepEqual(await crash('hooks/install'), { code: 3, error: '' });
});

test('a rejection that nobody handles', async () => {
  const { code, error } = await crash('hooks/update-status');
  assert.equal(code, 1);
  assert.match(error, /\nError: rejected\n/);
  assert.match(error, frame('#rejects ', 'rejects'));
});

test('an error in a timer', async () => {
  const { code, error } = await crash('hooks/upgrade-charm');
  assert.equal(code, 1);
  assert.match(error, /\nError: late\n/);
  assert.match(error, frame('(?:Timeout\\.\\S+ )?', 'throws later'));
});

test('a handler that never settles is named', async () => {
  const { code, error } = await crash('hooks/stop');
  assert.equal(code, 1);
  assert.match(error, /^ERROR charm\.#waits for stop awaits something that will never happen/);
});

test('a status that Juju refuses', async () => {
  const { code, error } = await crash('hooks/leader-elected', { answers: { 'status-set': FAILING } });
  assert.equal(code, 1);
  assert.match(error, frame('#setsStatus ', 'sets'));
});
