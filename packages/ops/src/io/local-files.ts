// The charm's own files, by `node:fs`, which is not loaded before one of them is asked for.

import type { Stats } from 'node:fs';
import type { LocalFile, LocalFiles } from '../model/local-files.ts';

export const localFiles: LocalFiles = {
  async list(path) {
    const { readdir, stat } = fs();
    if (!(await stat(path)).isDirectory()) return [await describe(path, baseOf(path))];
    const names = (await readdir(path)).toSorted();
    return Promise.all(names.map((name) => describe(`${path}/${name}`, name)));
  },
  async *read(path) {
    await using file = await fs().open(path);
    yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>;
  },
  async write(path, content) {
    await this.makeDir(path.slice(0, path.lastIndexOf('/')) || '/');
    await fs().writeFile(path, content);
  },
  async makeDir(path) {
    await fs().mkdir(path, { recursive: true });
  },
};

function fs() {
  return process.getBuiltinModule('node:fs/promises');
}

async function describe(path: string, name: string): Promise<LocalFile> {
  const link = await fs().lstat(path);
  const stats = link.isSymbolicLink() ? await fs().stat(path) : link;
  return {
    path,
    name,
    type: typeOf(link, stats),
    permissions: stats.mode & 0o777,
    userId: stats.uid,
    groupId: stats.gid,
  };
}

function typeOf(link: Stats, stats: Stats): LocalFile['type'] {
  if (stats.isFile()) return 'file';
  return link.isDirectory() ? 'directory' : 'other';
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
