// A charm's project as its author has it: our packages built and in node_modules, and tests for one of the runners.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PEERS_DIRECTORY } from '../peers.ts';

const execute = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
const PACKAGES = ['ops', 'sim', 'testing'] as const;
/** What these are bound to, and what they need of others: linked from where it is installed. */
const THIRD_PARTIES = ['@fastify', '@types', 'undici-types', 'ws', 'yaml'] as const;
/** For the charm that does not carry its metadata. */
const CHARMCRAFT = 'name: bare\nconfig:\n  options:\n    port: { type: int, default: 80 }\n';
const RUNNERS = ['@babel', '@jest', 'jest', 'vitest'] as const;

/** Where a runner finds `test` and `expect`. Node's own has no `expect`, and so has the project's `runner.ts`. */
export type ExpectFrom = 'vitest' | '@jest/globals';

/** Builds what is published of our packages, beside the repository's own `dist`. Returns the directory that `userProject` takes. */
export async function buildPackages(): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'charmed-runners-'));
  for (const file of ['tsconfig.base.json', 'packages/tsconfig.build.json']) {
    cpSync(join(repository, file), join(workspace, file));
  }
  linkThirdParties(join(workspace, 'node_modules'));
  const projects = PACKAGES.map((name) => {
    const directory = join(workspace, 'packages', name);
    for (const part of ['package.json', 'tsconfig.build.json', 'src']) {
      cpSync(join(repository, 'packages', name, part), join(directory, part), { recursive: true });
    }
    link(directory, join(workspace, 'node_modules/@charmed', name));
    return join(directory, 'tsconfig.build.json');
  });
  // Types are checked elsewhere.
  await execute(join(repository, 'node_modules/.bin/tsc'), ['-b', '--noCheck', ...projects]);
  return workspace;
}

/** @param files further files of the project, such as the configuration of its runner. */
export function userProject(
  workspace: string,
  expectFrom: ExpectFrom | undefined,
  files: Readonly<Record<string, object | string>> = {},
): string {
  const project = mkdtempSync(join(workspace, 'project-'));
  for (const name of PACKAGES) {
    for (const part of ['package.json', 'dist', 'src']) {
      const installed = join(project, 'node_modules/@charmed', name, part);
      cpSync(join(workspace, 'packages', name, part), installed, { recursive: true });
    }
  }
  linkThirdParties(join(project, 'node_modules'));
  const sources = join(import.meta.dirname, 'project');
  for (const part of ['runner.ts', 'src']) cpSync(join(sources, part), join(project, part), { recursive: true });
  for (const name of readdirSync(join(sources, 'test'))) {
    cpSync(join(sources, 'test', name), join(project, 'test', name.replace('.ts', '.test.ts')));
  }
  writeFileSync(join(project, 'charmcraft.yaml'), CHARMCRAFT);
  const runner = expectFrom && { 'runner.ts': `export { expect, test } from '${expectFrom}';\n` };
  if (expectFrom) for (const name of RUNNERS) linkRunner(project, name);
  for (const [path, content] of Object.entries({ 'package.json': { type: 'module' }, ...runner, ...files })) {
    writeFileSync(join(project, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return project;
}

function linkThirdParties(modules: string): void {
  for (const name of THIRD_PARTIES) link(join(repository, 'node_modules', name), join(modules, name));
}

function linkRunner(project: string, name: string): void {
  link(join(PEERS_DIRECTORY, 'runners/node_modules', name), join(project, 'node_modules', name));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
