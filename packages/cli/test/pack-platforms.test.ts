// What `charmed pack` makes for which platform, and that it makes the same wherever the project is.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PackedCharm } from '@charmed/cli';
import { Charmed } from './run-charmed.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const HOST = process.arch === 'arm64' ? 'arm64' : 'amd64';

async function packed(charmed: Charmed, ...args: readonly string[]): Promise<readonly PackedCharm[]> {
  cpSync(join(REPOSITORY, 'examples/noop-machine'), charmed.path('project'), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), charmed.path('project/node_modules'));
  const { stdout, stderr, code } = await charmed.run('pack', 'project', '--format', 'json', ...args);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test('the charm for this machine carries its Node, was run, and has the same bytes from another folder', async () => {
  const hashes: string[] = [];
  for (const _ of ['here', 'there']) {
    await using charmed = new Charmed();
    const [charm, ...others] = await packed(charmed, '--platform', 'host');
    assert.ok(charm);
    assert.equal(others.length, 0);
    assert.deepEqual([charm.platform, charm.isChecked], [HOST, true]);
    assert.equal(charm.path, charmed.path(`noop-machine_${HOST}.charm`));
    const sizes = new Map(charm.files.map(({ name, bytes }) => [name, bytes]));
    assert.ok((sizes.get('bin/node') ?? 0) > 50_000_000);
    assert.ok(sizes.has('licences.txt'));
    hashes.push(createHash('sha256').update(readFileSync(charm.path)).digest('hex'));
  }
  assert.equal(hashes[0], hashes[1]);
});

test('a charm may find its Node elsewhere', async () => {
  await using charmed = new Charmed();
  const [charm] = await packed(charmed, '--platform', 'host', '--runtime', '/opt/node/bin/node');
  assert.ok(charm);
  assert.ok(charm.bytes < 2_000_000, `${charm.bytes} bytes`);
  assert.equal(charm.isChecked, false);
  assert.ok(!charm.files.some(({ name }) => name === 'bin/node'));
});

test('a platform that is not declared, and a runtime that is no path, are refused', async () => {
  await using charmed = new Charmed();
  await packed(charmed, '--platform', 'host', '--runtime', 'none');
  const unknown = await charmed.run('pack', 'project', '--platform', 's390x');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /charmcraft\.yaml has the platforms amd64, arm64/);
  const relative = await charmed.run('pack', 'project', '--runtime', 'bin/node');
  assert.equal(relative.code, 2);
  assert.match(relative.stderr, /absolute path/);
});
