// What a client may say about a file or directory that it makes (canonical/pebble docs/reference/api.md).

import { quote, reasonOf, type UserConfig } from '@charmed/ops/internal';
import type { Users } from '../engine/environment.ts';
import type { Owner } from '../engine/process.ts';
import { FileError } from '../backend/file-error.ts';

/** @throws FileError for anything but three octal digits; '' is the default. */
export function parsePermissions(permissions: string, defaultMode: number): number {
  if (permissions === '') return defaultMode;
  if (/^[0-7]{3}$/.test(permissions)) return Number.parseInt(permissions, 8);
  throw new FileError(`permissions must be a 3-digit octal string, got ${quote(permissions)}`);
}

/** @throws FileError when the user or group is unknown. */
export function findOwner(users: Users, config: UserConfig): Owner | undefined {
  try {
    return users.resolve(config);
  } catch (error) {
    throw new FileError(`cannot look up user and group: ${reasonOf(error)}`);
  }
}
