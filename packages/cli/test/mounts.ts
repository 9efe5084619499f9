// Disks of a test's own, in a mount namespace: full ones, and ones that cannot be written.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { CHARMED, type Charmed, type Finished } from './run-charmed.ts';

/** How to get a namespace; it needs root, or a kernel that lets users have their own. */
export const unshare: readonly string[] | undefined = [['--mount'], ['--user', '--map-root-user', '--mount']].find(
  (flags) => {
    try {
      execFileSync('unshare', [...flags, 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
);

/** For `skip` of a test. */
export const withoutMounts: string | false = unshare
  ? false
  : 'no mount namespaces here: nothing was tested on a full or read-only disk';

/** Options of `mount`: a disk with that much space, and one that is read-only. */
export const FULL = 'size=16k';
export const READ_ONLY = 'ro';

export interface OnDisk extends Finished {
  /** All that is on the disk afterwards, by path from `disk`. */
  readonly left: readonly string[];
}

/** Runs `charmed` with a disk of these options at `disk` in its folder. */
export function runOnDisk(charmed: Charmed, options: string, ...args: readonly string[]): OnDisk {
  mkdirSync(charmed.path('disk'), { recursive: true });
  const script = `mount -t tmpfs -o ${options} none disk; "$@" > stdout 2> stderr; echo $? > code; find disk > left`;
  const command = [process.execPath, ...process.execArgv, CHARMED, ...args];
  execFileSync('unshare', [...(unshare ?? []), 'sh', '-c', script, 'sh', ...command], { cwd: charmed.directory });
  const [stdout = '', stderr = '', code, left = ''] = ['stdout', 'stderr', 'code', 'left'].map((name) => {
    return readFileSync(charmed.path(name), 'utf8');
  });
  return { stdout, stderr, code: Number(code), left: left.trim().split('\n') };
}
