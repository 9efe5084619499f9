// How long it takes from a charm's project to a charm file, and from there to an active unit. The peers are not run here: charmcraft
// packs in a build container, and a cluster needs a machine of its own; their figures are from their documentation.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pack, type PackedCharm } from '@charmed/cli';
import { call, sandboxDirectories, type SandboxDirectories } from '@charmed/sandbox';
import { repositoryRoot } from '../tools/checks/workspace.ts';
import { Charmed } from '../tools/demo/charmed.ts';
import { lessIsBetter, median, timed, type Measurement } from './measurement.ts';

const EXAMPLE = 'examples/kv-k8s';
const CHARMCRAFT_REPACK_S = 30;
const CLUSTER_DEPLOY_S = 58;

export function packCold(): Promise<Measurement> {
  return packing('pack-cold', 6, 3, true);
}

export function packWarm(): Promise<Measurement> {
  return packing('pack-warm', 2, 5, false);
}

async function packing(name: string, limit: number, rounds: number, cold: boolean): Promise<Measurement> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const cache = join(directory, 'cache');
  const charmed = new Charmed(join(directory, 'state'), { CHARMED_CACHE: cache });
  const packed = () => charmed.run('pack', EXAMPLE, '--platform', 'host', '--output', directory);
  if (!cold) await packed();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (cold) rmSync(cache, { recursive: true, force: true });
    times.push((await timed(packed)) / 1000);
  }
  rmSync(directory, { recursive: true, force: true });
  return limited({
    name,
    ours: median(times),
    peer: CHARMCRAFT_REPACK_S,
    peerName: 'charmcraft pack (documented)',
    limit,
  });
}

/** Of the charm, which carries its Node. What each unit of each deployment fetches. */
export function charmSize(): Promise<Measurement> {
  return sizeOf('charm-size', 45, ({ bytes }) => bytes);
}

/** Of the code that a dispatch loads: the charm's own, and what it uses of @charmed/ops. */
export function bundleSize(): Promise<Measurement> {
  return sizeOf('bundle-size', 0.5, ({ files }) => files.find(({ name }) => name === 'src/bundle.cjs')?.bytes ?? 0);
}

async function sizeOf(name: string, limit: number, bytes: (charm: PackedCharm) => number): Promise<Measurement> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const [charm] = await pack(EXAMPLE, { output: directory, platforms: ['host'] });
  rmSync(directory, { recursive: true, force: true });
  if (!charm) throw new Error('nothing was packed');
  return atMost({ name, unit: 'MiB', ours: bytes(charm) / 1024 / 1024, limit });
}

/** What the author of the example waits for when its types are checked. */
export async function typeCheck(): Promise<Measurement> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const config = join(directory, 'tsconfig.json');
  const [base, source] = ['tsconfig.base.json', `${EXAMPLE}/src`].map((path) => join(repositoryRoot, path));
  const compilerOptions = { typeRoots: [join(repositoryRoot, 'node_modules/@types')] };
  writeFileSync(config, JSON.stringify({ extends: base, compilerOptions, include: [source] }));
  const tsc = join(repositoryRoot, 'node_modules/.bin/tsc');
  const check = () => void execFileSync(tsc, ['-p', config], { stdio: 'pipe' });
  check();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) times.push((await timed(check)) / 1000);
  rmSync(directory, { recursive: true, force: true });
  return atMost({ name: 'tsc', unit: 's', ours: median(times), limit: 2 });
}

/** From a packed charm to an active unit, the start of the controller included. */
export async function sandboxDeploy(): Promise<Measurement> {
  const directory = mkdtempSync(join(tmpdir(), 'charmed-bench-'));
  const charmed = new Charmed(directory);
  const directories = sandboxDirectories('sandbox', { CHARMED_SANDBOX_DIR: directory });
  await charmed.run('pack', EXAMPLE, '--platform', 'host', '--output', directory);
  const charm = join(directory, `kv-k8s_${process.arch === 'arm64' ? 'arm64' : 'amd64'}.charm`);
  const deployed = async () => {
    await charmed.sandbox('deploy', charm, 'kv');
    while (!(await isActive(directories))) await delay(5);
  };
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push((await timed(deployed)) / 1000);
    await charmed.sandbox('destroy');
  }
  rmSync(directory, { recursive: true, force: true });
  const peerName = 'integration test on a local cluster (documented)';
  return limited({ name: 'sandbox-deploy', ours: median(times), peer: CLUSTER_DEPLOY_S, peerName, limit: 2 });
}

async function isActive(directories: SandboxDirectories): Promise<boolean> {
  const status = await call(directories, 'status', null);
  return status.applications['kv']?.units?.['kv/0']?.['workload-status'].current === 'active';
}

// Held to a time, not to the peer.
function limited(figures: { name: string; ours: number; peer: number; peerName: string; limit: number }): Measurement {
  const { limit, ...rest } = figures;
  const measured = lessIsBetter({ ...rest, unit: 's', budget: figures.peer / limit });
  return { ...measured, ok: figures.ours <= limit };
}

// Without a peer.
function atMost({ limit, ...figures }: { name: string; unit: string; ours: number; limit: number }): Measurement {
  return lessIsBetter({ ...figures, peer: limit, peerName: 'the limit', budget: 1 });
}
