// The programs that we are measured against, installed and built on the first run.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peerPath, type Peer } from '../conformance/peers.ts';
import { SOURCE_CONDITION } from '../tools/checks/workspace.ts';

const CACHE = join(import.meta.dirname, '.cache');

/** A Python with the newest ops; its path, and the version of ops. */
export function pythonWithOps(): { readonly python: string; readonly version: string } {
  const python = installed('python');
  const version = execFileSync(python, ['-c', 'import ops; print(ops.__version__)'], { encoding: 'utf8' });
  return { python, version: version.trim() };
}

/** A compiled Go program that runs the hook command it is called by. */
export function goClient(): string {
  return installed('hook-command');
}

/** What charms are packed with elsewhere; its path and version. */
export function charmcraft(): { readonly program: string; readonly version: string } {
  const program = installed('charmcraft');
  const version = execFileSync(program, ['version'], { encoding: 'utf8' });
  return { program, version: version.trim().replace('charmcraft ', '') };
}

/** The real Pebble. */
export function realPebble(): string {
  return installed('pebble');
}

/** A compiled Go program that runs twenty hook commands, a process each. */
export function goReconcile(): string {
  return goProgram('go-reconcile');
}

function installed(peer: Peer): string {
  const program = peerPath(peer);
  if (!existsSync(program)) {
    const installer = join(import.meta.dirname, '../conformance/install-peers.ts');
    execFileSync(process.execPath, [`--conditions=${SOURCE_CONDITION}`, installer], { stdio: 'inherit' });
  }
  return program;
}

function goProgram(name: string): string {
  const binary = join(CACHE, name);
  if (!existsSync(binary)) {
    execFileSync('go', ['build', '-o', binary, '.'], { cwd: join(import.meta.dirname, name), stdio: 'inherit' });
  }
  return binary;
}
