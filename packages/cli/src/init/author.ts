// Who makes the charm.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** As git knows them, else the authors of the charm in general. */
export async function defaultAuthor(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['config', 'user.name']).catch(() => ({ stdout: '' }));
  return stdout.trim() || `The ${name} authors`;
}
