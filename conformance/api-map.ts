// Reads `ops-api-map.json`: for every public name of Python ops where it is in this library, or why it is not. Names and members that
// there are at run time are looked up; for those that only TypeScript knows, a file of types is compiled.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A target is `module#Name`, `module#Name.member`, or a module alone. */
export type ApiMap = Readonly<Record<string, string | { readonly absent: string }>>;

/** Members by name, names by module. */
type ApiNames = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const root = join(import.meta.dirname, '..');

export function readApiMap(): ApiMap {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'ops-api-map.json'), 'utf8')) as ApiMap;
}

/** Every key that a complete map has. */
export function apiKeys(): readonly string[] {
  const modules = JSON.parse(readFileSync(join(import.meta.dirname, 'ops-api.json'), 'utf8')) as ApiNames;
  return Object.entries(modules).flatMap(([module, names]) =>
    Object.entries(names).flatMap(([name, members]) => [
      `${module}.${name}`,
      ...members.map((member) => `${module}.${name}.${member}`),
    ]),
  );
}

/** Those of the targets that do not exist. */
export async function missingTargets(targets: Iterable<string>): Promise<readonly string[]> {
  const left = [...new Set(targets)];
  const atRunTime = await Promise.all(left.map(existsAtRunTime));
  return missingTypes(left.filter((_target, index) => !atRunTime[index]));
}

interface Target {
  readonly module: string;
  readonly name: string | undefined;
  readonly member: string | undefined;
}

function parse(target: string): Target {
  const [module = '', path] = target.split('#');
  const [name, member] = path?.split('.') ?? [];
  return { module, name, member };
}

async function existsAtRunTime(target: string): Promise<boolean> {
  const { module, name, member } = parse(target);
  const exported = (await import(module).catch(() => undefined)) as Readonly<Record<string, unknown>> | undefined;
  if (!exported || name === undefined) return exported !== undefined;
  const value = exported[name];
  if (member === undefined) return value !== undefined;
  return typeof value === 'function' && (member in value || member in Object(value.prototype));
}

// Line by line what the compiler is to find, so that the line of an error tells the target.
async function missingTypes(targets: readonly string[]): Promise<readonly string[]> {
  mkdirSync(join(import.meta.dirname, '.cache'), { recursive: true });
  const directory = mkdtempSync(join(import.meta.dirname, '.cache/api-map-'));
  try {
    writeFileSync(join(directory, 'check.ts'), targets.map(checkOf).join('\n'));
    const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions: { noUnusedLocals: false } };
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ ...config, files: ['check.ts'] }));
    const errors = await compile(directory);
    return [...errors.matchAll(/check\.ts\((\d+),/g)].map(([, line]) => targets[Number(line) - 1] ?? errors);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function checkOf(target: string, index: number): string {
  const { module, name, member } = parse(target);
  const alias = `T${index}`;
  const found = `import type { ${name} as ${alias} } from '${module}';`;
  if (member === undefined) return found;
  return `${found} export type Has${index} = ${alias}['${member}'];`;
}

function compile(directory: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin/tsc'), ['-p', directory], { cwd: root }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}
