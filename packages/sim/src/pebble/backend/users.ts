// Users and groups of this machine, from /etc/passwd and /etc/group (canonical/pebble internals/osutil/user.go).

import { existsSync, readFileSync } from 'node:fs';
import { quote, type UserConfig } from '@charmed/ops/internal';
import type { User, Users } from '../engine/environment.ts';
import { badRequest } from '../engine/errors.ts';
import type { Owner } from '../engine/process.ts';

interface Group {
  readonly name: string;
  readonly gid: number;
}

export const systemUsers: Users = {
  get current(): Owner {
    return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  },
  find: (uid) => readUsers().find((user) => user.uid === uid),
  resolve(config) {
    const { 'user-id': userId, user, 'group-id': groupId, group } = config;
    if ((userId ?? user ?? groupId ?? group) === undefined) return undefined;
    const uid = user === undefined ? userId : uidOf(user, config);
    const gid = group === undefined ? groupId : gidOf(group, config);
    if (uid === undefined) throw badRequest('must specify user, not just group');
    return { uid, gid: gid ?? primaryGroup(uid) };
  },
};

/** The names of all users and groups as they are now, for those who need many. */
export function readNames(): {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
} {
  return {
    users: new Map(readUsers().map(({ uid, name }) => [uid, name])),
    groups: new Map(readGroups().map(({ gid, name }) => [gid, name])),
  };
}

function uidOf(name: string, { 'user-id': expected }: UserConfig): number {
  const user = readUsers().find((each) => each.name === name);
  if (user === undefined) throw badRequest(`user: unknown user ${name}`);
  if (expected === undefined || expected === user.uid) return user.uid;
  throw badRequest(`user ${quote(name)} UID (${user.uid}) does not match user-id (${expected})`);
}

function gidOf(name: string, { 'group-id': expected }: UserConfig): number {
  const group = readGroups().find((each) => each.name === name);
  if (group === undefined) throw badRequest(`group: unknown group ${name}`);
  if (expected === undefined || expected === group.gid) return group.gid;
  throw badRequest(`group ${quote(name)} GID (${group.gid}) does not match group-id (${expected})`);
}

function primaryGroup(uid: number): number {
  const user = systemUsers.find(uid);
  if (user === undefined) throw badRequest(`user: unknown userid ${uid}`);
  return user.gid;
}

function readUsers(): User[] {
  return readTable('/etc/passwd').map(([name = '', , uid, gid, , home = '']) => {
    return { name, uid: Number(uid), gid: Number(gid), home };
  });
}

function readGroups(): Group[] {
  return readTable('/etc/group').map(([name = '', , gid]) => ({ name, gid: Number(gid) }));
}

function readTable(path: string): string[][] {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(':'));
}
