// Users and groups of a container that nobody has looked into: root is there, and so is whoever is named.

import type { UserConfig } from '@charmed/ops/internal';
import type { User, Users } from '../engine/environment.ts';
import { badRequest } from '../engine/errors.ts';
import type { Owner } from '../engine/process.ts';

const firstId = 1000;

export class MemoryUsers implements Users {
  readonly current: Owner = { uid: 0, gid: 0 };
  readonly #names = ['root'];

  find(uid: number): User | undefined {
    const name = this.nameOf(uid);
    return name === '' ? undefined : { name, uid, gid: uid, home: uid === 0 ? '/root' : `/home/${name}` };
  }

  /** '' when nobody has named it. */
  nameOf(id: number): string {
    return this.#names[id === 0 ? 0 : id - firstId + 1] ?? '';
  }

  resolve(config: UserConfig): Owner | undefined {
    const { user, group } = config;
    const uid = config['user-id'] ?? (user === undefined ? undefined : this.#idOf(user));
    const gid = config['group-id'] ?? (group === undefined ? undefined : this.#idOf(group));
    if (uid === undefined && gid === undefined) return undefined;
    if (uid === undefined) throw badRequest('must specify user, not just group');
    return { uid, gid: gid ?? uid };
  }

  #idOf(name: string): number {
    if (!this.#names.includes(name)) this.#names.push(name);
    const index = this.#names.indexOf(name);
    return index === 0 ? 0 : firstId + index - 1;
  }
}
