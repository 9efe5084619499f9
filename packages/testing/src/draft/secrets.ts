// The secrets that the unit owns, may own as the leader, or may read.

import { OpsError, type SecretRotate } from '@charmed/ops';
import { HookContextError, type HookContext } from '@charmed/sim/juju';
import { remoteAppOf } from '../state/relation.ts';
import { Secret, type SecretFields } from '../state/secret.ts';
import { current, type DraftScope } from './scope.ts';

type SecretContext = HookContext['secrets'];
type Change = Parameters<SecretContext['update']>[1];
type Content = NonNullable<Change['content']>;
type Subject = Parameters<SecretContext['grant']>[2];
type Metadata = ReturnType<SecretContext['owned']>[string];

/** Juju lets a charm do it, and then somebody cannot read a secret that is there: always a mistake. */
class RevisionInUseError extends OpsError {
  constructor(id: string, revision: number) {
    super(
      'revision-in-use',
      `cannot remove revision ${revision} of secret ${id}: it is in use. Set other content, and remove a revision when secret-remove names it`,
    );
  }
}

export class SecretsDraft implements SecretContext {
  readonly #scope: DraftScope;
  /** Those with new content: a hook makes one revision, however often it sets it. */
  readonly #revised = new Set<string>();

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  content({ id, label }: Parameters<SecretContext['content']>[0], how: 'tracked' | 'refresh' | 'peek'): Content {
    const secret = this.#all.find((each) => (id === undefined ? each.label === label : bare(each) === id));
    if (!secret)
      throw new HookContextError(`${id === undefined ? `consumer label "${label}"` : `secret "${id}"`} not found`);
    const { latestContent, latestRevision } = secret;
    if (id !== undefined && label !== undefined) this.#change(id, { label });
    if (how === 'refresh')
      this.#change(bare(secret), { trackedContent: latestContent, trackedRevision: latestRevision });
    return encoded(how === 'tracked' ? secret.trackedContent : latestContent);
  }

  owned(): Readonly<Record<string, Metadata>> {
    const owned = this.#all.filter(({ owner }) => owner === 'unit' || (owner === 'app' && this.#scope.state.leader));
    return Object.fromEntries(owned.map((secret) => [bare(secret), this.#metadata(secret)]));
  }

  #metadata(secret: Secret): Metadata {
    return {
      revision: secret.latestRevision,
      label: secret.label ?? '',
      owner: secret.owner === 'app' ? 'application' : 'unit',
      description: secret.description ?? '',
      rotate: secret.rotate ?? 'never',
      expires: secret.expire?.toISOString(),
      rotates: undefined,
      access: Object.entries(secret.remoteGrants).flatMap(([relation, names]) =>
        names.map((name) => ({ target: tagOf(name), scope: `relation-${this.#relationKey(Number(relation))}` })),
      ),
    };
  }

  #relationKey(id: number): string {
    const relation = this.#scope.state.relations.find((each) => each.id === id);
    if (!relation) return String(id);
    const { appName } = this.#scope;
    return `${appName}.${relation.endpoint}#${remoteAppOf(relation, appName)}.${relation.endpoint}`;
  }

  add(owner: 'application' | 'unit', { content, ...change }: Change & { readonly content: Content }): string {
    if (owner === 'application') this.#requireLeader();
    const secret = new Secret(decoded(content), { ...fieldsOf(change), owner: owner === 'unit' ? 'unit' : 'app' });
    this.#set([...this.#all, secret]);
    this.#revised.add(bare(secret));
    return bare(secret);
  }

  update(id: string, { content, ...change }: Change): void {
    const secret = this.#manageable(id);
    const latest = content && { latestContent: decoded(content), latestRevision: this.#nextRevision(secret) };
    this.#change(id, { ...fieldsOf(change), ...latest });
  }

  #nextRevision(secret: Secret): number {
    if (this.#revised.has(bare(secret))) return secret.latestRevision;
    this.#revised.add(bare(secret));
    return secret.latestRevision + 1;
  }

  remove(id: string, revision: number | undefined): void {
    const { trackedRevision, latestRevision } = this.#manageable(id);
    if (revision === undefined) return this.#set(this.#all.filter((secret) => bare(secret) !== id));
    if (revision === trackedRevision || revision === latestRevision) throw new RevisionInUseError(id, revision);
    this.#scope.records.removedSecretRevisions.push(revision);
  }

  grant(id: string, relation: number, { application, unit }: Subject): void {
    const { remoteGrants } = this.#manageable(id);
    const names = new Set([...(remoteGrants[relation] ?? []), unit ?? application]);
    this.#change(id, { remoteGrants: { ...remoteGrants, [relation]: [...names].toSorted() } });
  }

  revoke(id: string, { application, unit }: Subject): void {
    const { remoteGrants } = this.#manageable(id);
    const left = Object.entries(remoteGrants).map(([relation, names]) => {
      return [relation, names.filter((name) => name !== (unit ?? application))] as const;
    });
    this.#change(id, { remoteGrants: Object.fromEntries(left.filter(([, names]) => names.length > 0)) });
  }

  // Juju finds some of this out only when the hook has succeeded; a test need not wait.
  #manageable(id: string): Secret {
    const secret = this.#all.find((each) => bare(each) === id);
    if (!secret?.owner) throw new HookContextError(`secret "${id}" not found`);
    if (secret.owner === 'app') this.#requireLeader();
    return secret;
  }

  #requireLeader(): void {
    if (!this.#scope.state.leader) throw new HookContextError('this unit is not the leader');
  }

  get #all(): readonly Secret[] {
    return current(this.#scope, 'secrets');
  }

  #change(id: string, fields: Parameters<Secret['with']>[0]): void {
    this.#set(this.#all.map((secret) => (bare(secret) === id ? secret.with(fields) : secret)));
  }

  #set(secrets: readonly Secret[]): void {
    this.#scope.changes.secrets = secrets;
  }
}

function bare({ id }: Secret): string {
  return id.slice('secret:'.length);
}

function fieldsOf({ label, description, rotate, expire }: Omit<Change, 'content'>): SecretFields {
  return {
    ...(label !== undefined && { label }),
    ...(description !== undefined && { description }),
    ...(rotate !== undefined && { rotate: rotate satisfies SecretRotate }),
    ...(expire !== undefined && {
      expire: typeof expire === 'string' ? new Date(expire) : new Date(Date.now() + expire),
    }),
  };
}

function tagOf(name: string): string {
  return name.includes('/') ? `unit-${name.replace('/', '-')}` : `application-${name}`;
}

function encoded(content: Content): Content {
  const entries = Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return Object.fromEntries(entries);
}

function decoded(content: Content): Content {
  const entries = Object.entries(content).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return Object.fromEntries(entries);
}
