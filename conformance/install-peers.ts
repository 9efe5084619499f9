// `npm run peers`: builds and installs the referees of `conformance/`, those alone that are missing or whose sources are newer.
// Needs Go and Python 3.10 or newer.

import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goPeers, PEERS_DIRECTORY, peerPath } from './peers.ts';

mkdirSync(PEERS_DIRECTORY, { recursive: true });
for (const [peer, goPackage] of Object.entries(goPeers)) installGoPeer(peer as keyof typeof goPeers, goPackage);
installPython();
installRunners();

function installGoPeer(peer: keyof typeof goPeers, goPackage: string): void {
  const directory = join(import.meta.dirname, peer);
  const program = peerPath(peer);
  if (isNewerThan(program, globSync(join(directory, '{go.mod,go.sum,*.go}')))) return;
  console.log(`Building ${peer}`);
  run('go', ['build', '-o', program, goPackage], directory);
}

function installPython(): void {
  const requirements = join(import.meta.dirname, 'python', 'requirements.txt');
  const environment = join(PEERS_DIRECTORY, 'python');
  const installed = join(environment, 'installed');
  if (isNewerThan(installed, [requirements])) return;
  console.log('Installing the Python peers');
  rmSync(environment, { recursive: true, force: true });
  run('python3', ['-m', 'venv', environment], import.meta.dirname);
  run(peerPath('python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], import.meta.dirname);
  writeFileSync(installed, '');
}

function installRunners(): void {
  const manifest = join(import.meta.dirname, 'runners', 'package.json');
  const directory = join(PEERS_DIRECTORY, 'runners');
  const installed = join(directory, 'installed');
  if (isNewerThan(installed, [manifest])) return;
  console.log('Installing the test runners');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  copyFileSync(manifest, join(directory, 'package.json'));
  run('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--silent'], directory);
  writeFileSync(installed, '');
}

function isNewerThan(product: string, sources: readonly string[]): boolean {
  const built = statSync(product, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => statSync(source).mtimeMs <= built);
}

function run(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: 'inherit' });
}
