// The programs that we are measured against, installed and built on the first run.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(import.meta.dirname, '.cache');

/** A Python with the newest ops; its path, and the version of ops. */
export function pythonWithOps(): { readonly python: string; readonly version: string } {
  const python = join(CACHE, 'venv/bin/python');
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', join(CACHE, 'venv')]);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', 'ops'], { stdio: 'inherit' });
  }
  const version = execFileSync(python, ['-c', 'import ops; print(ops.__version__)'], { encoding: 'utf8' });
  return { python, version: version.trim() };
}

/** A compiled Go program that runs the hook command it is called by. */
export function goClient(): string {
  const binary = join(CACHE, 'hook-command');
  if (!existsSync(binary)) {
    mkdirSync(CACHE, { recursive: true });
    execFileSync('go', ['build', '-o', binary, '.'], { cwd: join(import.meta.dirname, 'go-client'), stdio: 'inherit' });
  }
  return binary;
}
