// The secrets of a harness, as hook commands see and change them: the charm's own, and those of others with who may read them.

import type { SecretContent, SecretRotate } from '@charmed/ops';
import { HookContextError, type HookContext } from '@charmed/sim/juju';
import { remoteAppOf } from '../state/relation.ts';
import { nextSecretId } from '../state/ids.ts';
import type { Surroundings } from './surroundings.ts';

type SecretContext = HookContext['secrets'];
type Change = Parameters<SecretContext['update']>[1];
type Subject = Parameters<SecretContext['grant']>[2];
type Metadata = ReturnType<SecretContext['owned']>[string];

export interface SecretRevision {
  readonly revision: number;
  readonly content: SecretContent;
}

export interface HarnessSecret {
  /** Without `secret:` before it. */
  readonly id: string;
  /** A unit or an application; of the user if it is `undefined`. */
  readonly owner: string | undefined;
  revisions: readonly SecretRevision[];
  tracked: number;
  label: string | undefined;
  description: string | undefined;
  rotate: SecretRotate | undefined;
  expire: string | undefined;
  /** By the id of the relation. */
  readonly grants: Map<number, Set<string>>;
  /** Who may read one of the user's. */
  readonly userGrants: Set<string>;
}

export class SecretWorld implements SecretContext {
  readonly #world: Surroundings;
  readonly #secrets = new Map<string, HarnessSecret>();

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** @param id with or without what comes before its last part. */
  find(id: string): HarnessSecret | undefined {
    return this.#secrets.get(id.replace(/^.*[:/]/, ''));
  }

  create(owner: string | undefined, content: SecretContent, change: Omit<Change, 'content'> = {}): HarnessSecret {
    const secret: HarnessSecret = {
      id: nextSecretId().slice('secret:'.length),
      owner,
      revisions: [{ revision: 1, content }],
      tracked: 1,
      label: undefined,
      description: undefined,
      rotate: undefined,
      expire: undefined,
      grants: new Map(),
      userGrants: new Set(),
    };
    Object.assign(secret, fieldsOf(change));
    this.#secrets.set(secret.id, secret);
    return secret;
  }

  addRevision(secret: HarnessSecret, content: SecretContent): void {
    const { revision } = latestOf(secret);
    secret.revisions = [...secret.revisions, { revision: revision + 1, content }];
  }

  relationRemoved(id: number): void {
    for (const secret of this.#secrets.values()) secret.grants.delete(id);
  }

  /** The id of a relation with the application of this owner. */
  relationWith(owner: string): number | undefined {
    const app = owner.replace(/\/\d+$/, '');
    return this.#world.now.relations.find((relation) => remoteAppOf(relation, this.#world.appName) === app)?.id;
  }

  content({ id, label }: Parameters<SecretContext['content']>[0], how: 'tracked' | 'refresh' | 'peek'): SecretContent {
    const known = id === undefined ? undefined : this.find(id);
    if (known && label !== undefined) known.label = label;
    const secret = known ?? [...this.#secrets.values()].find((each) => label !== undefined && each.label === label);
    if (!secret)
      throw new HookContextError(
        id === undefined ? `secret with label "${label}" not found` : `secret "${id}" not found`,
      );
    this.#requireReadable(secret);
    const latest = latestOf(secret);
    if (how === 'refresh') secret.tracked = latest.revision;
    const revision = how === 'tracked' ? secret.revisions.find((each) => each.revision === secret.tracked) : latest;
    if (!revision) throw new HookContextError(`secret "${secret.id}" not found: its tracked revision was removed`);
    return encoded(revision.content);
  }

  #requireReadable(secret: HarnessSecret): void {
    const { appName, unitName } = this.#world;
    if (secret.owner === undefined) {
      if (!secret.userGrants.has(appName)) throw notGranted(secret, appName);
      return;
    }
    if (secret.owner === appName || secret.owner === unitName) return;
    const relation = this.relationWith(secret.owner);
    if (relation === undefined) {
      throw new HookContextError(
        `secret "${secret.id}" not found: there is no relation with its owner ${secret.owner}`,
      );
    }
    const grants = secret.grants.get(relation);
    if (!grants?.has(appName) && !grants?.has(unitName)) throw notGranted(secret, appName);
  }

  owned(): Readonly<Record<string, Metadata>> {
    const owned = [...this.#secrets.values()].filter((secret) => this.#isManageable(secret));
    return Object.fromEntries(owned.map((secret) => [secret.id, this.#metadata(secret)]));
  }

  // As in ops, who has set new content sees its revision only when it tracks it.
  #metadata({
    tracked,
    label = '',
    owner,
    description = '',
    rotate = 'never',
    expire,
    grants,
  }: HarnessSecret): Metadata {
    const targets = [...grants].flatMap(([relation, names]) => [...names].map((name) => ({ relation, name })));
    return {
      revision: tracked,
      label,
      owner: owner === this.#world.appName ? 'application' : 'unit',
      description,
      rotate,
      expires: expire,
      rotates: undefined,
      access: targets.map(({ relation, name }) => ({ target: tagOf(name), scope: `relation-${relation}` })),
    };
  }

  add(owner: 'application' | 'unit', { content, ...change }: Parameters<SecretContext['add']>[1]): string {
    const { appName, unitName } = this.#world;
    return this.create(owner === 'unit' ? unitName : appName, decoded(content), change).id;
  }

  /** As in ops, each change is a revision, with the content that there was if none is given. */
  update(id: string, { content, ...change }: Change): void {
    const secret = this.#manageable(id);
    this.addRevision(secret, content ? decoded(content) : latestOf(secret).content);
    Object.assign(secret, fieldsOf(change));
  }

  remove(id: string, revision: number | undefined): void {
    const secret = this.#manageable(id);
    const left = revision === undefined ? [] : secret.revisions.filter((each) => each.revision !== revision);
    if (left.length === secret.revisions.length) {
      throw new HookContextError(`secret "${id}" revision ${revision} not found`);
    }
    if (left.length === 0) this.#secrets.delete(secret.id);
    else secret.revisions = left;
  }

  grant(id: string, relation: number, { application, unit }: Subject): void {
    const { grants } = this.#manageable(id);
    grants.set(relation, new Set([...(grants.get(relation) ?? []), unit ?? application]));
  }

  revoke(id: string, { application, unit }: Subject): void {
    for (const names of this.#manageable(id).grants.values()) names.delete(unit ?? application);
  }

  #manageable(id: string): HarnessSecret {
    const secret = this.find(id);
    if (!secret || !this.#isManageable(secret)) throw new HookContextError(`secret "${id}" not found`);
    return secret;
  }

  #isManageable({ owner }: HarnessSecret): boolean {
    return owner === this.#world.unitName || (owner === this.#world.appName && this.#world.isLeader());
  }
}

export function latestOf({ revisions }: HarnessSecret): SecretRevision {
  return revisions.at(-1) ?? { revision: 0, content: {} };
}

function notGranted({ id }: HarnessSecret, app: string): HookContextError {
  return new HookContextError(`secret "${id}" not found: it is not granted to ${app}`);
}

// What a secret that never rotates is kept as is no rotation.
function fieldsOf({ label, description, rotate, expire }: Omit<Change, 'content'>): Partial<HarnessSecret> {
  return {
    ...(label !== undefined && { label }),
    ...(description !== undefined && { description }),
    ...(rotate !== undefined && { rotate: rotate === 'never' ? undefined : rotate }),
    ...(expire !== undefined && {
      expire: typeof expire === 'string' ? expire : new Date(Date.now() + expire).toISOString(),
    }),
  };
}

function tagOf(name: string): string {
  return name.includes('/') ? `unit-${name.replace('/', '-')}` : `application-${name}`;
}

function encoded(content: SecretContent): SecretContent {
  const entries = Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return Object.fromEntries(entries);
}

function decoded(content: SecretContent): SecretContent {
  const entries = Object.entries(content).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return Object.fromEntries(entries);
}
