import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { repositoryRoot, SOURCE_CONDITION } from '../../tools/checks/workspace.ts';
import { peerPath, testWithPeers } from '../peers.ts';

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
let directory: string;
let charm: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'charmed-archive-'));
  const program = join(repositoryRoot, 'packages/cli/src/charmed.ts');
  const project = join(repositoryRoot, 'examples/guestbook-k8s');
  const args = [
    `--conditions=${SOURCE_CONDITION}`,
    program,
    'pack',
    project,
    '--platform',
    'host',
    '--output',
    directory,
  ];
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  charm = join(directory, `guestbook-k8s_${architecture}.charm`);
});

after(() => rmSync(directory, { recursive: true, force: true }));

testWithPeers("Juju's reader finds what the charm declares, and expands it with its modes", ['charm-archive'], () => {
  const target = join(directory, 'expanded');
  const read = JSON.parse(execFileSync(peerPath('charm-archive'), [charm, target], { encoding: 'utf8' })) as unknown;
  assert.deepEqual(read, {
    name: 'guestbook-k8s',
    endpoints: ['kv'],
    actions: ['export'],
    options: ['greeting', 'port'],
    bases: 1,
  });
  for (const file of ['dispatch', 'bin/node', 'src/charm.cjs']) {
    assert.equal(statSync(join(target, file)).mode & 0o777, 0o755, file);
  }
});

testWithPeers('charmcraft finds nothing to complain about', ['charmcraft'], () => {
  execFileSync(peerPath('charmcraft'), ['analyse', charm], {
    // It takes a folder named stage beside the one that it unpacks into for charmcraft's own.
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory },
    stdio: 'pipe',
  });
});
