// What a test does with secrets: those of other applications and of the user, and the events of the charm's own.

import type { SecretContent } from '@charmed/ops';
import { Secret } from '../state/secret.ts';
import { HarnessError } from './errors.ts';
import type { Emitter } from './emitter.ts';
import { latestOf, type HarnessSecret } from './secret-world.ts';
import type { World } from './world.ts';

export interface SecretEventOptions {
  /** What the event says. Default: the label that the charm has given the secret. */
  readonly label?: string;
}

type RevisionEvent = 'secret-remove' | 'secret-expired';

export class Secrets {
  readonly #world: World;
  readonly #charm: Emitter;

  constructor(world: World, charm: Emitter) {
    this.#world = world;
    this.#charm = charm;
  }

  /** Returns the id. @param owner `undefined` is the user. */
  add(owner: string | undefined, content: SecretContent): string {
    requireContent(content);
    return `secret:${this.#world.secrets.create(owner, content).id}`;
  }

  async setContent(id: string, content: SecretContent): Promise<void> {
    requireContent(content);
    const secret = this.#find(id);
    this.#refuseOwn(secret, 'set the content of');
    this.#charm.requireBegun();
    this.#world.secrets.addRevision(secret, content);
    await this.#charm.emit({ what: 'secret-changed', secret: eventSecret(secret) });
  }

  grant(id: string, observer: string): void {
    const secret = this.#find(id);
    if (secret.owner === undefined) return void secret.userGrants.add(observer);
    this.#refuseOwn(secret, 'grant');
    const relation = this.#relationOf(secret.owner);
    secret.grants.set(relation, new Set([...(secret.grants.get(relation) ?? []), observer]));
  }

  revoke(id: string, observer: string): void {
    const secret = this.#find(id);
    if (secret.owner === undefined) return void secret.userGrants.delete(observer);
    this.#refuseOwn(secret, 'revoke');
    secret.grants.get(this.#relationOf(secret.owner))?.delete(observer);
  }

  grants(id: string, relation: number): ReadonlySet<string> {
    return new Set(this.#find(id).grants.get(relation));
  }

  revisions(id: string): readonly number[] {
    return this.#find(id).revisions.map(({ revision }) => revision);
  }

  async rotate(id: string, { label }: SecretEventOptions): Promise<void> {
    const secret = this.#find(id);
    this.#refuseUsers(secret, 'secret-rotate');
    await this.#charm.emit({ what: 'secret-rotate', secret: eventSecret(secret, label) });
  }

  async revisionEvent(what: RevisionEvent, id: string, revision: number, { label }: SecretEventOptions): Promise<void> {
    const secret = this.#find(id);
    if (what === 'secret-expired') this.#refuseUsers(secret, what);
    await this.#charm.emit({ what, secret: eventSecret(secret, label), revision });
  }

  #find(id: string): HarnessSecret {
    const secret = this.#world.secrets.find(id);
    if (secret) return secret;
    throw new HarnessError(`cannot find secret ${id}: the charm or this test has to add it first`);
  }

  #refuseOwn({ id, owner }: HarnessSecret, verb: string): void {
    if (owner !== this.#world.appName && owner !== this.#world.unitName) return;
    throw new HarnessError(`cannot ${verb} secret:${id}: the charm owns it, so only the charm can`);
  }

  #refuseUsers({ id, owner }: HarnessSecret, event: string): void {
    if (owner !== undefined) return;
    throw new HarnessError(
      `cannot send ${event} for secret:${id}: it is the user's, and Juju sends that to owners only`,
    );
  }

  #relationOf(owner: string): number {
    const relation = this.#world.secrets.relationWith(owner);
    if (relation !== undefined) return relation;
    throw new HarnessError(
      `cannot grant a secret of ${owner} to ${this.#world.appName}: add a relation between them first`,
    );
  }
}

function eventSecret(secret: HarnessSecret, label: string | undefined = secret.label): Secret {
  return new Secret(latestOf(secret).content, { id: `secret:${secret.id}`, label });
}

function requireContent(content: SecretContent): void {
  const entries = Object.entries(content);
  if (entries.length === 0) throw new HarnessError('cannot make a secret without content: give it a key and a value');
  for (const [key, value] of entries) {
    if (!/^[a-z](-?[a-z0-9]){2,}$/.test(key)) {
      throw new HarnessError(
        `cannot put ${JSON.stringify(key)} in a secret: keys have three characters or more, such as api-key`,
      );
    }
    if (typeof value !== 'string')
      throw new HarnessError(`cannot put a ${typeof value} under ${key} in a secret: its values are strings`);
  }
}
