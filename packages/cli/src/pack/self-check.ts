// Runs the packed charm once, from a folder of its own, to see that it starts and that `main` is reached.

import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from '../errors.ts';
import type { ArchiveFile } from './archive.ts';
import { NODE } from './launcher.ts';

const TIMEOUT_MS = 20_000;
const REACHED = /^charmed-self-check: (.+)$/m;

/** @param node stands for the deflated one in the files. @throws CliError `self-check-failed` with what the charm printed. */
export async function selfCheck(files: ReadonlyMap<string, ArchiveFile>, node: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'charmed-pack-'));
  try {
    for (const [name, file] of files) await place(join(directory, name), file, name === NODE ? node : undefined);
    const run = spawnSync('./dispatch', [], {
      cwd: directory,
      env: { CHARMED_SELF_CHECK: '1', PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
    if (run.status === 0 && REACHED.test(run.stdout)) return;
    const reason =
      run.stderr ||
      'it ended without calling main(). End src/charm.ts with: if (import.meta.main) await main(YourCharm);';
    throw new CliError('self-check-failed', `cannot pack: the packed charm does not start: ${reason}`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function place(path: string, file: ArchiveFile, link: string | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (link) await symlink(link, path);
  else if (typeof file.content === 'string' || file.content instanceof Uint8Array) {
    await writeFile(path, file.content, { mode: file.executable ? 0o755 : 0o644 });
  }
}
