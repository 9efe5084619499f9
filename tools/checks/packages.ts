// Builds and packs each package as it would be published, has publint and attw look at the tarball, and uses it as a
// stranger would: unpacked outside the repository, under plain Node without the source condition.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inParallel } from '../parallel.ts';
import { tarballs } from '../tarballs.ts';
import { packagesIn, repositoryRoot, type Package } from './workspace.ts';

const execute = promisify(execFile);

async function checkPackages(packages: readonly Package[], scratch: string): Promise<string[]> {
  const made = await tarballs();
  const findings = await inParallel(packages, async (checked) => {
    const tarball = made.get(checked.name) ?? '';
    install(checked, await unpack(tarball, scratch), scratch);
    return [
      await failureOf('publint', ['run', tarball, '--strict']),
      await failureOf('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']),
    ];
  });
  const uses = await inParallel(packages, async (checked) => [
    ...(await Promise.all(specifiersOf(checked).map((specifier) => useSpecifier(specifier, scratch)))),
    ...(await Promise.all(binsOf(checked).map((bin) => useBin(checked, bin, scratch)))),
  ]);
  return [...findings, ...uses].flat().filter((finding) => finding !== undefined);
}

async function unpack(tarball: string, scratch: string): Promise<string> {
  const directory = mkdtempSync(join(scratch, 'unpacked-'));
  await execute('tar', ['-xzf', tarball, '-C', directory]);
  return join(directory, 'package');
}

// What `npm install` of the tarball would do, without a registry: third parties come from this repository's node_modules.
function install({ name, directory, manifest }: Package, unpacked: string, scratch: string): void {
  link(unpacked, join(scratch, 'node_modules', name));
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const [own, shared] = [directory, repositoryRoot].map((at) => join(at, 'node_modules', dependency));
    const isOurs = dependency.startsWith('@charmed/');
    const target = isOurs ? join(scratch, 'node_modules', dependency) : own && existsSync(own) ? own : shared;
    if (target) link(target, join(unpacked, 'node_modules', dependency));
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function specifiersOf({ name, manifest }: Package): string[] {
  const subpaths = Object.keys(manifest.exports ?? {}).filter((subpath) => !subpath.endsWith('.json'));
  return subpaths.map((subpath) => `${name}${subpath.slice(1)}`);
}

function binsOf({ manifest }: Package): string[] {
  return Object.values(manifest.bin ?? {});
}

async function useSpecifier(specifier: string, scratch: string): Promise<string | undefined> {
  const program = `const names = Object.keys(await import('${specifier}')); if (names.length === 0) process.exit(1);`;
  return failureOf('node', ['--input-type=module', '--eval', program], scratch);
}

async function useBin({ name }: Package, bin: string, scratch: string): Promise<string | undefined> {
  return failureOf(join(scratch, 'node_modules', name, bin), ['--version'], scratch);
}

async function failureOf(program: string, args: readonly string[], cwd: string = repositoryRoot) {
  try {
    await execute(program, args, { cwd });
    return undefined;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return `${[program, ...args].join(' ')}\n${stdout ?? String(error)}${stderr ?? ''}`;
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'charmed-packages-'));
try {
  const findings = await checkPackages(packagesIn(repositoryRoot, ['packages/*']), scratch);
  for (const finding of findings) console.log(finding);
  if (findings.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
