// Identities: who may do what (canonical/pebble docs/reference/identities.md; internals/overlord/identities).

import { quote } from '@charmed/ops/internal';
import { badRequest } from './errors.ts';
import { verifyPassword } from './sha512-crypt.ts';

export type Access = 'admin' | 'read' | 'metrics' | 'untrusted';

export interface Identity {
  readonly access: Access;
  readonly local?: { readonly userId: number };
  /** The password is a hash. */
  readonly basic?: { readonly password: string };
  /** A client certificate, which nobody can show over a unix socket. */
  readonly cert?: { readonly pem: string };
}

export interface Credentials {
  readonly uid: number | undefined;
  readonly username: string;
  readonly password: string;
}

/** Who asks for something. */
export interface User {
  readonly access: Access;
  /** `undefined` for somebody known by a password. */
  readonly uid: number | undefined;
}

const accessLevels: readonly string[] = ['admin', 'read', 'metrics', 'untrusted'];

export class Identities {
  readonly #modified: () => void;
  #identities: Map<string, Identity>;

  /** `modified` is called when something is to be saved. */
  constructor(saved: ReadonlyMap<string, Identity> = new Map(), modified: () => void = () => undefined) {
    this.#identities = new Map(saved);
    this.#modified = modified;
  }

  list(): ReadonlyMap<string, Identity> {
    return this.#identities;
  }

  /** @throws PebbleError when one is there already. */
  add(identities: ReadonlyMap<string, Identity>): void {
    const existing = [...identities.keys()].filter((name) => this.#identities.has(name)).toSorted();
    if (existing.length > 0) throw badRequest(`identities already exist: ${existing.join(', ')}`);
    this.replace(identities);
  }

  /** @throws PebbleError when one is not there. */
  update(identities: ReadonlyMap<string, Identity>): void {
    this.#requireAll([...identities.keys()]);
    this.replace(identities);
  }

  /** Adds or replaces; null removes. @throws PebbleError */
  replace(identities: ReadonlyMap<string, Identity | null>): void {
    const next = new Map(this.#identities);
    for (const [name, identity] of identities) {
      if (identity === null) next.delete(name);
      else next.set(name, identity);
    }
    requireUniqueUsers(next);
    this.#identities = next;
    this.#modified();
  }

  /** @throws PebbleError when one is not there. */
  remove(names: readonly string[]): void {
    this.#requireAll(names);
    for (const name of names) this.#identities.delete(name);
    this.#modified();
  }

  /** The user with these credentials; a password comes before the user of the machine. */
  find({ uid, username, password }: Credentials): User | undefined {
    if (username !== '' || password !== '') {
      const identity = this.#identities.get(username);
      if (identity?.basic === undefined || !verifyPassword(identity.basic.password, password)) return undefined;
      return { access: identity.access, uid: identity.local === undefined ? undefined : uid };
    }
    const found = [...this.#identities.values()].find(({ local }) => local !== undefined && local.userId === uid);
    return found && { access: found.access, uid };
  }

  #requireAll(names: readonly string[]): void {
    const missing = names.filter((name) => !this.#identities.has(name)).toSorted();
    if (missing.length > 0) throw badRequest(`identities do not exist: ${missing.join(', ')}`);
  }
}

const namePattern = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

/** What is wrong with an identity, if anything is. */
export function whyInvalid(name: string, { access, local, basic, cert }: Partial<Identity>): string | undefined {
  const levels = accessLevels.map(quote);
  const choices = `${levels.slice(0, -1).join(', ')}, or ${levels.at(-1)}`;
  if (!namePattern.test(name)) {
    return 'identity name "" invalid: must start with an alphabetic character and only contain alphanumeric characters, underscore, and hyphen';
  }
  if (access === undefined) return `access value must be specified (${choices})`;
  if (!accessLevels.includes(access)) return `invalid access value ${quote(access)}, must be ${choices}`;
  if (basic?.password === '') return 'basic identity must specify password (hashed)';
  if (local !== undefined || basic !== undefined || cert !== undefined) return undefined;
  return 'identity must have at least one type ("local", "basic", or "cert")';
}

function requireUniqueUsers(identities: ReadonlyMap<string, Identity>): void {
  const names = Map.groupBy(identities.keys(), (name) => identities.get(name)?.local?.userId);
  for (const [userId, users] of names) {
    if (userId === undefined || users.length < 2) continue;
    throw badRequest(`cannot have multiple identities with user ID ${userId} (${users.toSorted().join(', ')})`);
  }
}
