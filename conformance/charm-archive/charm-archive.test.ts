// Every example, and what `charmed init` makes, packed by `charmed pack` and by charmcraft from what `charmed pack --dump` writes: Juju reads both, charmcraft has
// nothing to complain about, and they hold the same.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after } from 'node:test';
import { init, readCharmcraft, type Charmcraft } from '@charmed/cli';
import { repositoryRoot, SOURCE_CONDITION } from '../../tools/checks/workspace.ts';
import { peerPath, testWithPeers } from '../peers.ts';

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'amd64';
const PROGRAM = join(repositoryRoot, 'packages/cli/src/charmed.ts');
/** One with its Node is enough to see that it comes through. */
const CARRIES_NODE = 'noop-machine';
const NODE = 'bin/node';
const MADE_BY_EACH = /^(?:metadata|manifest|config|actions)\.yaml$/;
const directory = mkdtempSync(join(tmpdir(), 'charmed-archive-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const examples = globSync(join(repositoryRoot, 'examples/*/charmcraft.yaml')).map((path) => join(path, '..'));
const made = await Promise.all((['kubernetes', 'machine'] as const).map(newProject));

for (const project of [...examples, ...made]) {
  const example = basename(project);
  testWithPeers(`${example}, packed by us and by charmcraft`, ['charm-archive', 'charmcraft'], async () => {
    const charmcraft = await readCharmcraft(project);
    const ours = packedBy('us', project, join(directory, example));
    const theirs = packedBy('charmcraft', project, join(directory, example));
    for (const charm of [ours, theirs]) {
      assert.deepEqual(readByJuju(charm), declaredIn(charmcraft), charm);
      analyse(charm);
    }
    const differing = example === CARRIES_NODE ? [NODE, 'dispatch'] : [];
    assert.deepEqual(filesOf(expandedPath(theirs), differing), filesOf(expandedPath(ours), differing));
    if (example === CARRIES_NODE) assert.equal(modeOf(join(expandedPath(ours), NODE)), '755');
  });
}

async function newProject(profile: 'kubernetes' | 'machine'): Promise<string> {
  const project = await init(join(directory, 'projects', `new-${profile}`), { profile });
  symlinkSync(join(repositoryRoot, 'node_modules'), join(project.directory, 'node_modules'));
  return project.directory;
}

function packedBy(packer: 'us' | 'charmcraft', project: string, work: string): string {
  const name = basename(project);
  if (packer === 'us') {
    pack(project, '--output', directory, ...(name === CARRIES_NODE ? [] : ['--runtime', 'none']));
    return join(directory, `${name}_${ARCHITECTURE}.charm`);
  }
  cpSync(project, work, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  symlinkSync(join(repositoryRoot, 'node_modules'), join(work, 'node_modules'));
  pack(work, '--dump', join(work, 'dist'), '--runtime', 'none');
  const file = join(directory, `${name}-by-charmcraft.charm`);
  const script = join(import.meta.dirname, 'dump.py');
  execFileSync(peerPath('python'), [script, work, ARCHITECTURE, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

function pack(project: string, ...args: readonly string[]): void {
  const all = [PROGRAM, 'pack', project, '--platform', 'host', ...args];
  execFileSync(process.execPath, [`--conditions=${SOURCE_CONDITION}`, ...all], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function readByJuju(charm: string): unknown {
  return JSON.parse(execFileSync(peerPath('charm-archive'), [charm, expandedPath(charm)], { encoding: 'utf8' }));
}

function expandedPath(charm: string): string {
  return `${charm}.expanded`;
}

function declaredIn({ name, actions, config, ...charmcraft }: Charmcraft): object {
  const endpoints = { ...charmcraft.provides, ...charmcraft.requires, ...charmcraft.peers };
  return {
    name,
    endpoints: Object.keys(endpoints).toSorted(),
    actions: Object.keys(actions ?? {}).toSorted(),
    options: Object.keys(config?.options ?? {}).toSorted(),
    bases: 1,
  };
}

function analyse(charm: string): void {
  execFileSync(peerPath('charmcraft'), ['analyse', charm], {
    // It takes a folder named stage beside the one that it unpacks into for charmcraft's own.
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory },
    stdio: 'pipe',
  });
}

/** Paths with their modes and contents, but for what each packer writes in its own way. */
function filesOf(folder: string, without: readonly string[]): ReadonlyMap<string, string> {
  const files = globSync('**', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  const kept = files.filter((path) => !MADE_BY_EACH.test(path) && !without.includes(path)).toSorted();
  return new Map(kept.map((path) => [path, describe(join(folder, path))]));
}

function describe(path: string): string {
  return `${modeOf(path)} ${readFileSync(path, 'base64')}`;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
