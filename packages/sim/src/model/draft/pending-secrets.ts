// What a hook wants done to secrets: gathered, merged, and read back. Follows juju/juju internal/worker/uniter/runner/context/secrets.go.

import type { SecretContent, SecretMetadata } from '../../juju/context/secret.ts';
import { HookContextError } from '../../juju/hook-context.ts';
import type { SecretChanges, TimedChange } from '../secret/changes.ts';
import type { SecretGrant, SecretOwner } from '../secret/state.ts';

type Revoke = Omit<SecretGrant, 'relation'>;

export class PendingSecrets {
  readonly #creates = new Map<string, { readonly owner: SecretOwner; readonly change: TimedChange }>();
  readonly #updates = new Map<string, TimedChange>();
  readonly #tracked = new Set<string>();
  readonly #grants = new Map<string, readonly SecretGrant[]>();
  readonly #revokes = new Map<string, readonly Revoke[]>();
  readonly #removes = new Map<string, readonly number[] | 'all'>();

  get changes(): SecretChanges {
    return {
      creates: Object.fromEntries(this.#creates),
      updates: Object.fromEntries(this.#updates),
      tracked: [...this.#tracked],
      grants: Object.fromEntries(this.#grants),
      revokes: Object.fromEntries(this.#revokes),
      removes: Object.fromEntries(this.#removes),
    };
  }

  /** What the model does not have yet: all of a new secret, and what comes next of another. */
  content(
    { id, label }: { readonly id: string | undefined; readonly label: string | undefined },
    how: 'tracked' | 'refresh' | 'peek',
  ): SecretContent | undefined {
    const isNamed = ([each, change]: readonly [string, TimedChange]) =>
      each === id || (label !== undefined && change.label === label);
    const created = [...this.#creates].find(([each, { change }]) => isNamed([each, change]));
    if (created) {
      if (id !== undefined && label !== undefined) this.update(created[0], { label });
      return created[1].change.content;
    }
    const updated = how === 'tracked' ? undefined : [...this.#updates].find(isNamed);
    if (updated?.[1].content && how === 'refresh') this.#tracked.add(updated[0]);
    return updated?.[1].content;
  }

  created(): readonly (readonly [string, Omit<SecretMetadata, 'access'>])[] {
    return [...this.#creates].map(([id, { owner, change }]) => {
      const { label = '', description = '', rotate = '', expire } = change;
      const unset = { expires: expire, rotates: undefined };
      return [id, { revision: 1, label, owner: owner.kind, description, rotate, ...unset }] as const;
    });
  }

  isRemoved(id: string): boolean {
    return this.#removes.get(id) === 'all';
  }

  changeOf(id: string): TimedChange {
    return this.#updates.get(id) ?? {};
  }

  labelOf(id: string): string | undefined {
    return this.#updates.get(id)?.label;
  }

  grantsOf(id: string, granted: readonly SecretGrant[]): readonly SecretGrant[] {
    const revokes = this.#revokes.get(id) ?? [];
    const isRevoked = (grant: SecretGrant) =>
      revokes.some(
        ({ application, unit }) => unit === grant.unit && (unit !== null || application === grant.application),
      );
    return [...granted, ...(this.#grants.get(id) ?? [])].filter((grant) => !isRevoked(grant));
  }

  /** @throws HookContextError when the hook has created one with this label. */
  create(id: string, owner: SecretOwner, change: TimedChange): void {
    const { label } = change;
    if (label !== undefined && [...this.#creates.values()].some((other) => other.change.label === label)) {
      throw new HookContextError(`secret with label "${label}" already exists`);
    }
    this.#creates.set(id, { owner, change });
  }

  update(id: string, change: TimedChange): void {
    this.#removes.delete(id);
    const created = this.#creates.get(id);
    if (created) this.#creates.set(id, { ...created, change: { ...created.change, ...change } });
    else this.#updates.set(id, { ...this.#updates.get(id), ...change });
  }

  /** Also undoes what the hook has changed of the secret before, whichever revision goes. */
  remove(id: string, revision: number | undefined): void {
    const isNew = this.#creates.delete(id);
    for (const changes of [this.#updates, this.#grants, this.#revokes, this.#tracked]) changes.delete(id);
    if (isNew) return;
    const already = this.#removes.get(id) ?? [];
    this.#removes.set(id, revision === undefined || already === 'all' ? 'all' : [...already, revision]);
  }

  /** The last one for each relation counts. */
  grant(id: string, grant: SecretGrant): void {
    const others = (this.#grants.get(id) ?? []).filter(({ relation }) => relation !== grant.relation);
    this.#grants.set(id, [...others, grant]);
  }

  revoke(id: string, revoke: Revoke): void {
    this.#revokes.set(id, [...(this.#revokes.get(id) ?? []), revoke]);
  }
}
