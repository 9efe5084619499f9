// Holds the imports of all packages against architecture.ts, and finds import cycles. Prints what breaks a rule.

import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { opsBuiltins, opsDoors, opsLayers, packageDependencies } from './architecture.ts';
import { cyclesIn } from './cycles.ts';
import { importsOf, type Import } from './imports.ts';
import { isTest, packageNameOf, packagesIn, repositoryRoot, sourceOf, type Package } from './workspace.ts';

const layers = opsLayers
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((name) => name.trim()));

/** Every breach in the packages and examples below `root`, one line each. */
export function layerBreaches(root: string): string[] {
  const packages = packagesIn(root, ['packages/*', 'examples/*']);
  const breaches = packages.flatMap(manifestBreaches);
  const graph = new Map<string, string[]>();
  for (const owner of packages) {
    for (const file of owner.files) {
      const imports = importsOf(file);
      const targets = imports.map(({ specifier }) => targetOf(packages, file, specifier));
      graph.set(
        file,
        targets.filter((target) => target !== undefined),
      );
      for (const [index, found] of imports.entries()) {
        const reason = packageBreach(packages, owner, file, found) ?? opsBreach(owner, file, found, targets[index]);
        if (reason) breaches.push(`${relative(root, file)}:${found.line} ${reason}`);
      }
    }
  }
  const cycles = cyclesIn(graph).map((cycle) => cycle.map((file) => relative(root, file)).join(' -> '));
  return [...breaches, ...cycles.map((cycle) => `import cycle: ${cycle}`)];
}

function targetOf(packages: readonly Package[], file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? join(dirname(file), specifier) : sourceOf(packages, specifier);
}

function manifestBreaches({ name, manifest }: Package): string[] {
  const allowed = packageDependencies[name];
  if (!allowed) return [];
  return Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency in packageDependencies && !allowed.includes(dependency))
    .map((dependency) => `${name} must not depend on ${dependency}`);
}

// The rules between packages, which tests obey too.
function packageBreach(packages: readonly Package[], owner: Package, file: string, found: Import): string | undefined {
  const { specifier } = found;
  if (isBuiltin(specifier)) return undefined;
  if (specifier.startsWith('.')) {
    const target = join(dirname(file), specifier);
    if (target.startsWith(owner.directory + sep) || isHelp(packages, owner, file, target)) return undefined;
    return `imports ${specifier}, outside its package; use the name of the other package`;
  }
  const name = packageNameOf(specifier);
  const isOurs = packages.some((other) => other.name === name);
  if (isOurs && !sourceOf(packages, specifier)) return `imports ${specifier}, which ${name} does not export`;
  const { dependencies, devDependencies } = owner.manifest;
  if (name === owner.name || name in { ...dependencies }) return undefined;
  if (isTest(relative(owner.directory, file)) && (name in { ...devDependencies } || !isOurs)) return undefined;
  return `imports ${specifier}, but ${name} is not among the dependencies in its package.json`;
}

// Tests may share what helps the tests of a package that theirs depends on.
function isHelp(packages: readonly Package[], owner: Package, file: string, target: string): boolean {
  if (!isTest(relative(owner.directory, file))) return false;
  if (dirname(target) === dirname(owner.directory)) return true; // beside the examples, for all of them
  const other = packages.find(({ directory }) => target.startsWith(join(directory, 'test') + sep));
  return other !== undefined && other.name in { ...owner.manifest.dependencies };
}

// The rules inside packages/ops/src, of which its tests are free.
function opsBreach(owner: Package, file: string, found: Import, target: string | undefined): string | undefined {
  const source = join(owner.directory, 'src') + sep;
  if (owner.name !== '@charmed/ops' || !file.startsWith(source) || isTest(relative(source, file))) return undefined;
  const from = layerName(source, file);
  if (opsDoors.includes(from)) return undefined;
  const line = lineOf(from);
  if (line === -1) return `is in ${from}, which is not in the picture in tools/checks/architecture.ts`;
  if (isBuiltin(found.specifier)) return builtinBreach(from, found);
  if (!target) return undefined;
  const to = layerName(source, target);
  if (to === from) return undefined;
  if (opsDoors.includes(to)) return `imports ${found.specifier}, a door for other packages`;
  if (lineOf(to) === line) return `imports ${found.specifier}: ${from} and ${to} are siblings`;
  return lineOf(to) < line ? `imports ${found.specifier}: ${to} is above ${from}` : undefined;
}

function builtinBreach(from: string, { specifier, names }: Import): string | undefined {
  const allowed = opsBuiltins[from] ?? [];
  if (allowed === 'any' || (names.length > 0 && names.every((name) => allowed.includes(name)))) return undefined;
  return `imports ${specifier}: Node's own modules belong in io/`;
}

function layerName(source: string, file: string): string {
  return relative(source, file).split(sep)[0]?.replace(/\.ts$/, '') ?? '';
}

function lineOf(name: string): number {
  return layers.findIndex((line) => line.includes(name));
}

if (import.meta.main) {
  const breaches = layerBreaches(repositoryRoot);
  for (const breach of breaches) console.log(breach);
  if (breaches.length > 0) process.exitCode = 1;
}
