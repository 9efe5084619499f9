// The secrets as a hook sees and changes them. Follows juju/juju internal/worker/uniter/runner/context/context.go and secrets.go, and
// apiserver/facades/agent/secretsmanager/secrets.go.

import type {
  SecretChange,
  SecretContent,
  SecretContext,
  SecretMetadata,
  SecretSubject,
} from '../../juju/context/secret.ts';
import { HookContextError } from '../../juju/hook-context.ts';
import { accessOf, manages, mayRead } from '../secret/access.ts';
import type { SecretChanges, TimedChange } from '../secret/changes.ts';
import type { SecretConsumer, SecretGrant, SecretState } from '../secret/state.ts';
import type { DraftScope } from './scope.ts';
import { PendingSecrets } from './pending-secrets.ts';

const NOT_LEADER = 'this unit is not the leader';

export class SecretsDraft implements SecretContext {
  readonly #scope: DraftScope;
  readonly #pending = new PendingSecrets();
  /** What this hook has read and labelled, which the model it began with does not know. */
  readonly #consumers = new Map<string, SecretConsumer>();
  readonly #labels = new Map<string, string>();

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  get changes(): SecretChanges {
    return this.#pending.changes;
  }

  content(
    name: { readonly id: string | undefined; readonly label: string | undefined },
    how: 'tracked' | 'refresh' | 'peek',
  ): SecretContent {
    const own = this.#pending.content(name, how);
    if (own) return own;
    const secret = this.#find(name);
    if (!mayRead(this.#scope.unit.name, secret)) throw new HookContextError('permission denied');
    const revision = this.#read(secret, how, name.id === undefined ? undefined : name.label);
    const { content } = secret.revisions[revision] ?? {};
    if (content) return content;
    throw new HookContextError(`secret revision ${revision} for "${secret.id}" not found`);
  }

  // An owner's label is for the owner; whoever else reads a secret has a label of its own.
  #find({ id, label }: { readonly id: string | undefined; readonly label: string | undefined }): SecretState {
    const secrets = Object.values(this.#scope.hook.base.secrets);
    if (id !== undefined) {
      const named = secrets.find((secret) => secret.id === id);
      if (named) return named;
      throw new HookContextError(`secret "${id}" not found`);
    }
    const found =
      secrets.find((secret) => this.#labelOf(secret) === label) ??
      secrets.find((secret) => this.#consumer(secret)?.label === label);
    if (found) return found;
    throw new HookContextError(`consumer label "${label}" not found`);
  }

  #labelOf(secret: SecretState): string | undefined {
    const { unit, application } = this.#scope;
    const isOwn = [unit.name, application.name].includes(secret.owner.name);
    return isOwn ? (this.#pending.labelOf(secret.id) ?? this.#labels.get(secret.id) ?? secret.label) : undefined;
  }

  #consumer({ id, consumers }: SecretState): SecretConsumer | undefined {
    return this.#consumers.get(id) ?? consumers[this.#scope.unit.name];
  }

  // Returns the revision to read; what is read from now on is known to the model at once.
  #read(secret: SecretState, how: 'tracked' | 'refresh' | 'peek', label: string | undefined): number {
    const { hook, unit, sink } = this.#scope;
    const isOwn = this.#labelOf(secret) !== undefined;
    if (label !== undefined && isOwn && manages(hook.base, unit.name, secret)) {
      this.#labels.set(secret.id, label);
      sink.effect({ kind: 'secret-label', secret: secret.id, label });
    }
    const known = this.#consumer(secret);
    const tracked = how === 'refresh' || !known?.tracked ? secret.latest : known.tracked;
    const ownLabel = isOwn ? undefined : label;
    if (tracked !== known?.tracked || (ownLabel !== undefined && ownLabel !== known.label)) {
      this.#consumers.set(secret.id, { label: ownLabel ?? known?.label ?? '', tracked, told: known?.told ?? 0 });
      sink.effect({ kind: 'secret-read', secret: secret.id, revision: tracked, label: ownLabel });
    }
    return how === 'peek' ? secret.latest : tracked;
  }

  owned(): Readonly<Record<string, SecretMetadata>> {
    const { hook, unit } = this.#scope;
    const existing = Object.values(hook.base.secrets).filter(
      (secret) => manages(hook.base, unit.name, secret) && !this.#pending.isRemoved(secret.id),
    );
    return Object.fromEntries([
      ...this.#pending.created().map(([id, metadata]) => [id, this.#withAccess(id, metadata, [])] as const),
      ...existing.map((secret) => [secret.id, this.#metadata(secret)] as const),
    ]);
  }

  #metadata(secret: SecretState): SecretMetadata {
    const change = this.#pending.changeOf(secret.id);
    const metadata = {
      revision: secret.latest,
      label: this.#labelOf(secret) ?? '',
      owner: secret.owner.kind,
      description: change.description ?? secret.description,
      rotate: change.rotate ?? secret.rotate,
      expires: change.expire ?? secret.revisions[secret.latest]?.expires ?? undefined,
      rotates: secret.rotates ?? undefined,
    };
    return this.#withAccess(secret.id, metadata, secret.grants);
  }

  #withAccess(id: string, metadata: Omit<SecretMetadata, 'access'>, granted: readonly SecretGrant[]): SecretMetadata {
    const access = this.#pending.grantsOf(id, granted).map((grant) => accessOf(this.#scope.hook.base, grant));
    return { ...metadata, access };
  }

  add(kind: 'application' | 'unit', change: SecretChange & { readonly content: SecretContent }): string {
    const { unit, application, world } = this.#scope;
    if (kind === 'application') this.#requireLeader();
    const id = world.secretId();
    this.#pending.create(id, { kind, name: kind === 'unit' ? unit.name : application.name }, this.#timed(change));
    return id;
  }

  // That there is such a secret, and that this unit may change it, is only seen when the hook has succeeded.
  update(id: string, change: SecretChange): void {
    this.#refuseFollower(id);
    this.#pending.update(id, this.#timed(change));
  }

  remove(id: string, revision: number | undefined): void {
    this.#refuseFollower(id);
    this.#pending.remove(id, revision);
  }

  grant(id: string, relation: number, { application, unit = null }: SecretSubject): void {
    const secret = this.#scope.hook.base.secrets[id];
    if (secret) this.#refuseFollower(id);
    const isOwned = Object.hasOwn(this.owned(), id);
    if (!isOwned) throw new HookContextError(`secret "${id}" not found`);
    const same = this.#pending.grantsOf(id, secret?.grants ?? []).filter((grant) => grant.relation === relation);
    if (same.some((grant) => grant.unit === null || grant.unit === unit)) return;
    if (unit === null && same.length > 0) {
      const rule = 'any unit level grants need to be revoked before granting access to the corresponding application';
      throw new HookContextError(rule);
    }
    this.#pending.grant(id, { relation, application, unit });
  }

  revoke(id: string, { application, unit = null }: SecretSubject): void {
    this.#refuseFollower(id);
    this.#pending.revoke(id, { application, unit });
  }

  #refuseFollower(id: string): void {
    const { owner } = this.#scope.hook.base.secrets[id] ?? {};
    if (owner?.kind === 'application' && owner.name === this.#scope.application.name) this.#requireLeader();
  }

  #requireLeader(): void {
    const { unit, application } = this.#scope;
    if (application.leader !== unit.name) throw new HookContextError(NOT_LEADER);
  }

  #timed({ expire, ...change }: SecretChange): TimedChange {
    if (expire === undefined || typeof expire === 'string')
      return { ...change, ...(expire !== undefined && { expire }) };
    const now = Date.parse(this.#scope.world.now());
    return { ...change, expire: new Date(now + expire).toISOString() };
  }
}
