// A packed charm as `juju debug-code` runs it: the debugger in the terminal, and the hook's end as without it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unpackedCharm } from '../../test/unpacked-charm.ts';

const CHARM = `
import { CharmBase, main, type Framework } from '@charmed/ops';
process.stdout.write('the charm loads\\n');

class DebuggedCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.start, this.#onStart);
    this.observe(this.on.stop, this.#onStop);
    this.observe(this.on.collectUnitStatus, () => undefined, { id: 'collect' });
  }

  #onStart(): void {
    this.framework.breakpoint('here');
    process.stdout.write('the handler ends\\n');
  }

  #onStop(): void {
    throw new Error('broken');
  }
}

if (import.meta.main) await main(DebuggedCharm);
`;

let directory: string;
let charm: string;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-debug-'));
  charm = await unpackedCharm(directory, CHARM);
  for (const command of ['juju-log', 'is-leader']) write(`tools/${command}`, '#!/bin/sh\necho true\n');
});

after(() => rmSync(directory, { recursive: true }));

function write(path: string, content: string): void {
  const file = join(directory, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, 0o755);
}

/** Runs `dispatch`, and types each command when what stands before it has been shown. */
async function debug(at: string, event: string, typed: readonly (readonly [shown: string, command: string])[]) {
  const child = spawn('./dispatch', [], {
    cwd: charm,
    env: {
      PATH: `${join(directory, 'tools')}:/usr/bin:/bin`,
      JUJU_CHARM_DIR: charm,
      JUJU_DISPATCH_PATH: `hooks/${event}`,
      JUJU_DEBUG_AT: at,
      JUJU_MACHINE_ID: '7',
      JUJU_UNIT_NAME: 'debugged/0',
      JUJU_VERSION: '3.6.14',
    },
    timeout: 30_000,
  });
  let output = '';
  let from = 0;
  const left = [...typed];
  const read = (chunk: Buffer) => {
    output += chunk;
    for (let [next] = left; next && output.indexOf(next[0], from) >= 0; [next] = left) {
      from = output.indexOf(next[0], from) + next[0].length;
      child.stdin.write(`${next[1]}\n`);
      left.shift();
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const [code] = await once(child, 'close');
  assert.deepEqual(left, [], output);
  return { code, output };
}

test('with hook, it stops before the handler, and tells how an IDE gets there', async () => {
  const { code, output } = await debug('hook', 'start', [
    ['break in', "exec('event.kind')"],
    ["'start'", 'cont'],
  ]);
  assert.equal(code, 0, output);
  assert.match(output, /^Debugging hooks\/start of debugged\/0\. It stops at: hook\.$/m);
  const port = /juju ssh debugged\/0 -N -L (\d+):127\.0\.0\.1:\1$/m.exec(output)?.[1];
  assert.match(output, new RegExp(`connecting to 127.0.0.1:${port} ... ok`));
  const order = ['Debugging', 'connecting', 'the charm loads', 'debugger;', "'start'", 'the handler ends'];
  const places = order.map((text) => output.indexOf(text));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    output,
  );
  assert.equal(output.split('break in').length, 2, 'it stops once, not in collect-status');
});

test('with the name of a breakpoint, it stops there alone', async () => {
  const { code, output } = await debug('here', 'start', [
    ['break in', 'out'],
    ['this.framework.breakpoint("here")', 'cont'],
  ]);
  assert.equal(code, 0, output);
  assert.match(output, /the handler ends/);
});

test('with all, it stops at both', async () => {
  const { code, output } = await debug('all', 'start', [
    ['break in', 'cont'],
    ['break in', 'cont'],
  ]);
  assert.equal(code, 0, output);
  assert.match(output, /the handler ends/);
});

test('who leaves the debugger lets the hook end by itself, and a hook that fails fails', async () => {
  const { code, output } = await debug('hook', 'stop', [['break in', '.exit']]);
  assert.equal(code, 1, output);
});

test('a name that is not there stops nowhere', async () => {
  const { code, output } = await debug('elsewhere', 'start', []);
  assert.equal(code, 0, output);
  assert.doesNotMatch(output, /break in/);
});
