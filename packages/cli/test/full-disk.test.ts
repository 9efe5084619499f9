// Commands that write, on a disk without space and on one that cannot be written: it is told, and nothing half-made is left.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeProject } from './charm-project.ts';
import { FULL, READ_ONLY, runOnDisk, withoutMounts } from './mounts.ts';
import { Charmed } from './run-charmed.ts';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  pack: ['pack', 'project', '--platform', 'host', '--runtime', 'none', '--output', 'disk'],
  'pack --dump': ['pack', 'project', '--platform', 'host', '--runtime', 'none', '--dump', 'disk/dist'],
  migrate: ['migrate', 'python', '--output', 'disk/charms/web'],
  init: ['init', 'disk/charms/web', '--profile', 'machine'],
};
const DISKS = {
  'no space left': { options: FULL, reason: 'ENOSPC: no space left on device' },
  'a disk that cannot be written': { options: READ_ONLY, reason: 'EROFS: read-only file system' },
};

for (const [what, { options, reason }] of Object.entries(DISKS)) {
  test(`${what}: every command tells, and leaves nothing`, { skip: withoutMounts }, async () => {
    await using charmed = new Charmed();
    writeProject(charmed.path('project'));
    cpSync(join(import.meta.dirname, 'python-charm'), charmed.path('python'), { recursive: true });
    for (const [name, args] of Object.entries(COMMANDS)) {
      const { code, stderr, left } = runOnDisk(charmed, options, ...args);
      assert.match(stderr, new RegExp(`^charmed: cannot write .*disk.*: ${reason}`), name);
      assert.deepEqual({ name, code, left }, { name, code: 1, left: ['disk'] });
    }
  });
}
