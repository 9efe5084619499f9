// A packed charm on a disk that is full, and in a directory that cannot be written. Both are real ones, in a mount namespace.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { unshare, withoutMounts } from '../mounts.ts';
import { unpackedCharm } from '../unpacked-charm.ts';
import { SmallJuju } from './small-juju.ts';

const CHARM = `
import { CharmBase, main, type EventBase, type Framework } from '@charmed/ops';

class StoringCharm extends CharmBase {
  #stored = process.env.STORES ? this.storedState({ text: '' }) : { text: '' };

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
  }

  #onConfigChanged(event: EventBase): void {
    this.#stored.text += 'x'.repeat(200_000);
    event.defer();
  }

  async #onUpdateStatus(): Promise<void> {
    await this.unit.setWorkloadVersion(String(this.#stored.text.length));
  }
}

if (import.meta.main) await main(StoringCharm);
`;

let directory: string;
let charm: string;
let juju: SmallJuju;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-disk-'));
  charm = await unpackedCharm(directory, CHARM);
  mkdirSync(join(directory, 'disk'));
  juju = await SmallJuju.start(charm);
});

after(async () => {
  await juju[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

/** Runs a script as root of a namespace, which tells the exit codes of its dispatches in `codes`. */
async function inNamespace(script: string) {
  const shell = `
    run() { code=0; JUJU_DISPATCH_PATH=hooks/$1 ./dispatch || code=$?; echo $code >> ${directory}/codes; }
    set -e
    cd ${directory}
    rm -f codes
    ${script}`;
  const ended = await juju.run('hooks/start', { program: ['unshare', ...(unshare ?? []), 'sh', '-c', shell] });
  assert.equal(ended.code, 0, ended.output);
  const codes = readFileSync(join(directory, 'codes'), 'utf8').trim().split('\n').map(Number);
  const errors = ended.log.filter((line) => line.startsWith('ERROR'));
  const versions = ended.commands
    .filter(([command]) => command === 'application-version-set')
    .map((argv) => argv.at(-1));
  return { codes, errors, versions };
}

const onSmallDisk = `
  mount -t tmpfs -o size=8m none disk
  cp -r charm/. disk
  cd disk
  export JUJU_CHARM_DIR=$PWD STORES=1`;
const fill = 'dd if=/dev/zero of=filling bs=4k status=none 2> /dev/null || true';

test('a full disk fails the hook with its reason, and what was stored stays', { skip: withoutMounts }, async () => {
  const { codes, errors, versions } = await inNamespace(`
    ${onSmallDisk}
    run config-changed
    ${fill}
    run config-changed
    run update-status
    rm filling
    run config-changed
    run update-status`);
  assert.deepEqual(codes, [0, 1, 1, 0, 0], errors.join('\n'));
  assert.equal(errors.length, 2);
  for (const error of errors) {
    assert.match(error, /cannot write store .*\/\.charmed-state\.db: database or disk is full\..*check the disk/);
  }
  // Each run of the handler adds 200,000; in a dispatch that deferred it, it runs again.
  assert.deepEqual(versions, ['400000', '600000']);
});

test('a disk that was full from the start is no harm later', { skip: withoutMounts }, async () => {
  const { codes, errors, versions } = await inNamespace(`
    ${onSmallDisk}
    ${fill}
    run config-changed
    rm filling
    run config-changed
    run update-status`);
  assert.deepEqual(codes, [1, 0, 0], errors.join('\n'));
  assert.match(errors.join('\n'), /cannot write store .*(full|ENOSPC)/);
  assert.deepEqual(versions, ['400000']);
});

test(
  'a directory that is read-only is told, and matters only to a charm that stores something',
  { skip: withoutMounts },
  async () => {
    const { codes, errors } = await inNamespace(`
    mount --bind charm disk
    mount -o remount,bind,ro disk
    cd disk
    export JUJU_CHARM_DIR=$PWD
    run start
    run update-status
    run config-changed`);
    assert.deepEqual(codes, [0, 0, 1], errors.join('\n'));
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /cannot write store .*\/\.charmed-state\.db: EROFS: read-only file system/);
  },
);

test('a damaged store of Python ops that cannot be moved is told in each hook', { skip: withoutMounts }, async () => {
  const { codes, errors } = await inNamespace(`
    cp -r charm damaged
    printf 'no database%.0s' $(seq 1000) > damaged/.unit-state.db
    mount --bind damaged disk
    mount -o remount,bind,ro disk
    cd disk
    export JUJU_CHARM_DIR=$PWD
    run start
    run start`);
  assert.deepEqual(codes, [1, 1], errors.join('\n'));
  for (const error of errors) {
    assert.match(
      error,
      /cannot take over the store of Python ops in .*: file is not a database\. It was left as it is/,
    );
  }
});
