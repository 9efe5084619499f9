// Readies a fresh clone: dependencies, and the Node that everything here runs on. Plain JavaScript, since it starts on
// whatever Node (>= 20) the machine has; every npm script runs it first, and it does nothing when all is in place.
import { spawnSync } from 'node:child_process';
import { existsSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules', '.package-lock.json');
const link = join(root, 'node_modules', '.bin', 'node');
const NODE_MAJOR = '24';

if (isStale()) install();
linkNode();

function isStale() {
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs;
}

function install() {
  console.log('charmed: installing dependencies, Node 24 among them (about 60 MB, once)...');
  const started = Date.now();
  const npm = spawnSync('npm', ['ci', '--include=optional', '--loglevel=error', '--no-progress'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (npm.status !== 0)
    fail(
      `npm ci failed${npm.error ? `: ${npm.error.message}` : ''}. Check that npm reaches its registry, then run the command again.`,
    );
  console.log(`charmed: dependencies ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

// npm skips a package's bin when another optional package has one of the same name, so the link is made here.
function linkNode() {
  const packaged = join('..', `node-linux-${process.arch}`, 'bin', 'node');
  const target = existsSync(join(dirname(link), packaged)) ? packaged : hostNode();
  if (!isLinkedTo(target)) {
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
  const version = spawnSync(link, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) fail(`the Node at ${link} does not start: ${version.stderr || version.error?.message}`);
}

function hostNode() {
  if (process.versions.node.split('.')[0] === NODE_MAJOR) return process.execPath;
  return fail(
    `no packaged Node ${NODE_MAJOR} for ${process.platform}-${process.arch}; run this with Node ${NODE_MAJOR} instead of ${process.version}.`,
  );
}

function isLinkedTo(target) {
  try {
    return readlinkSync(link) === target && existsSync(link);
  } catch {
    return false; // absent, or a file that npm put there
  }
}

function fail(message) {
  console.error(`charmed: ${message}`);
  process.exit(1);
}
