// What `npm run build` runs: compiles each package's src to its dist, as published packages hold it.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packagesIn, repositoryRoot, type Package } from './checks/workspace.ts';

// What the compiler writes for its next build; dist is always built anew, and published without it.
const BUILD_RECORD = 'dist/.tsbuildinfo';

/** Says what the compiler said. Whether it emits in spite of errors is the compiler's choice. */
export function build(packages: readonly Package[]): { readonly ok: boolean; readonly output: string } {
  for (const { directory } of packages) rmSync(join(directory, 'dist'), { recursive: true, force: true });
  const projects = packages.map(({ directory }) => join(directory, 'tsconfig.build.json'));
  const { status, stdout } = spawnSync(join(repositoryRoot, 'node_modules/.bin/tsc'), ['-b', ...projects], {
    encoding: 'utf8',
  });
  for (const { directory } of packages) rmSync(join(directory, BUILD_RECORD), { force: true });
  for (const { directory, manifest } of packages) {
    for (const bin of Object.values(manifest.bin ?? {})) makeExecutable(join(directory, bin));
  }
  return { ok: status === 0, output: stdout };
}

function makeExecutable(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o755);
}

if (import.meta.main) {
  const { ok, output } = build(packagesIn(repositoryRoot, ['packages/*']));
  process.stdout.write(output);
  if (!ok) process.exitCode = 1;
}
