// Our packages as npm publishes them. `npm run tarballs -- FOLDER` makes them for those who want to try them.

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.ts';
import { isTest, packagesIn, repositoryRoot } from './checks/workspace.ts';

/** Tarballs are kept in folders that are named by the digest of what they are made of. */
const KEPT = join(repositoryRoot, 'node_modules/.cache/charmed-tarballs');

const MADE_OF = ['packages', 'tsconfig.base.json', 'package-lock.json', 'tools/build.ts'];

/** Their paths, by name of the package. Made anew only if the packages have changed. @throws Error with what the compiler says. */
export async function tarballs(): Promise<ReadonlyMap<string, string>> {
  const folder = join(KEPT, digest());
  if (!existsSync(folder)) await make(folder);
  return new Map(readdirSync(folder).map((file) => [packageOf(file), join(folder, file)]));
}

function digest(): string {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...MADE_OF], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  const hash = createHash('sha256');
  for (const file of new Set(listed.split('\0').filter((path) => path !== '' && !isTest(path)))) {
    if (existsSync(join(repositoryRoot, file)))
      hash.update(`${file}\0`).update(readFileSync(join(repositoryRoot, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function make(folder: string): Promise<void> {
  const packages = packagesIn(repositoryRoot, ['packages/*']);
  const { ok, output } = build(packages);
  if (!ok) throw new Error(output);
  rmSync(KEPT, { recursive: true, force: true });
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  const args = ['pack', '--silent', '--pack-destination', partial, ...packages.map(({ directory }) => directory)];
  await promisify(execFile)('npm', args, { cwd: repositoryRoot });
  renameSync(partial, folder);
}

/** `charmed-ops-0.1.0.tgz`: `@charmed/ops`. */
function packageOf(tarball: string): string {
  return tarball.replace(/^charmed-(.*)-[\d.]+\.tgz$/, '@charmed/$1');
}

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? '.');
  mkdirSync(folder, { recursive: true });
  for (const path of (await tarballs()).values()) {
    copyFileSync(path, join(folder, basename(path)));
    console.log(join(folder, basename(path)));
  }
}
