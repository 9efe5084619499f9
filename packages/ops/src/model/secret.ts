// A secret, of this unit or application, or of another one that granted it. Its content is never in argv, in the log or in an error.

import { ModelError } from '../errors.ts';
import {
  secretAdd,
  secretGet,
  secretGrant,
  secretInfoGet,
  secretRemove,
  secretRevoke,
  secretSet,
  type SecretContent,
  type SecretName,
  type SecretRotate,
  type SecretSettings,
} from '../hookcmds/secret.ts';
import { requireContent } from '../hookcmds/secret-content.ts';
import type { Operation } from '../operations/operation.ts';
import { noteRead } from '../operations/reads.ts';
import { operation } from '../operations/start.ts';
import type { Backend } from './backend.ts';
import type { Unit } from './entity.ts';
import { bareId, canonicalId } from './secret-id.ts';

/** What an owner can set beside the content. What is left out stays as it is. */
export interface SecretOptions {
  /** What this charm calls it. */
  readonly label?: string;
  readonly description?: string;
  /** When it expires: a time, or a duration from now in Go's form, such as `24h`. */
  readonly expire?: Date | string;
  readonly rotate?: SecretRotate;
}

/** What a grant needs of a `Relation`. */
interface GrantedRelation {
  readonly name: string;
  readonly id: number;
}

/** What its owner can know of a secret beside its content. */
export interface SecretInfo {
  /** As {@link Secret.id}. */
  readonly id: string;
  readonly label: string | undefined;
  readonly description: string | undefined;
  /** The latest. */
  readonly revision: number;
  readonly expires: Date | undefined;
  readonly rotation: SecretRotate | undefined;
  /** When Juju asks for new content next. */
  readonly rotates: Date | undefined;
}

/** Before it, a second change of a secret in one hook undid the first (launchpad.net/bugs/2081034). */
const MERGES_CHANGES = '3.6';

export class Secret {
  readonly #backend: Backend;
  readonly #label: string | undefined;
  #id: string | undefined;
  #content: Promise<SecretContent> | undefined;

  private constructor(backend: Backend, name: SecretName, content?: SecretContent) {
    this.#backend = backend;
    this.#id = name.id === undefined ? undefined : canonicalId(name.id, backend.context.modelUuid);
    this.#label = name.label;
    this.#content = content && Promise.resolve(Object.freeze({ ...content }));
  }

  /** Reads the secret that a charm asks for, which also gives it the label if both are named. */
  static async load(backend: Backend, name: SecretName): Promise<Secret> {
    if (name.id === undefined && name.label === undefined) {
      throw new ModelError('no-secret-name', 'cannot get a secret: name its id, its label, or both');
    }
    const secret = new Secret(backend, name);
    await secret.#read();
    return secret;
  }

  static async add(
    backend: Backend,
    owner: 'application' | 'unit',
    content: SecretContent,
    options: SecretOptions,
  ): Promise<SecretWithId> {
    const id = await secretAdd(backend.runner, content, { ...options, owner });
    return Secret.withId(backend, { id, label: options.label }, content);
  }

  /** Nothing is read before it is asked for. */
  static withId(backend: Backend, name: SecretName & { readonly id: string }, content?: SecretContent): SecretWithId {
    return new Secret(backend, name, content) as SecretWithId;
  }

  /** Where to find it, `secret:...`: what another application needs, over a relation. Unknown when it was got by its label alone. */
  get id(): string | undefined {
    return this.#id;
  }

  /** The part of the id that no other secret has. */
  get uniqueIdentifier(): string | undefined {
    return this.#id === undefined ? undefined : bareId(this.#id);
  }

  /** What this charm calls it. Unknown when it was got by its id alone. */
  get label(): string | undefined {
    return this.#label;
  }

  /**
   * The content of the revision that this unit tracks, read once.
   *
   * @param options.refresh tracks the latest revision from now on, and reads it. Default: false.
   * @throws SecretNotFoundError, or ModelError `permission-denied` when it is not granted to this unit.
   */
  getContent(options: { readonly refresh?: boolean } = {}): Operation<SecretContent> {
    return operation('secret.getContent', async () =>
      options.refresh ? this.#read({ refresh: true }) : (this.#content ?? this.#read()),
    );
  }

  /** The content of the latest revision, this once: the tracked one stays. @throws SecretNotFoundError. */
  peekContent(): Operation<SecretContent> {
    return operation('secret.peekContent', () => {
      noteRead('secret', this.#label ?? this.#id);
      return secretGet(this.#backend.runner, this.#name(), { peek: true });
    });
  }

  /** Only for its owner. @throws SecretNotFoundError. */
  getInfo(): Operation<SecretInfo> {
    return operation('secret.getInfo', () => this.#info());
  }

  /**
   * Gives it new content, which is a new revision; whoever tracks it gets secret-changed. `getContent` keeps to the old one until it is
   * told to refresh. Only for its owner: for others the hook fails at its end.
   *
   * @throws ModelError `bad-secret-content` before anything runs.
   */
  setContent(content: SecretContent): Operation<void> {
    return operation('secret.setContent', async () => {
      requireContent(content);
      await this.#set({ content });
    });
  }

  /** Only for its owner: for others the hook fails at its end. @throws ModelError `no-secret-info` when nothing is given. */
  setInfo(options: SecretOptions): Operation<void> {
    return operation('secret.setInfo', async () => {
      if (Object.values(options).every((value) => value === undefined)) {
        const what = 'a label, a description, when it expires, or how often it rotates';
        throw new ModelError('no-secret-info', `cannot change a secret: give ${what}`);
      }
      await this.#set(options);
    });
  }

  /** Lets the other side of a relation, or one unit of it, read the secret as long as the relation stands. */
  grant(relation: GrantedRelation, options: { readonly unit?: Unit } = {}): Operation<void> {
    return operation('secret.grant', async () =>
      secretGrant(this.#backend.runner, await this.#knownId(), { relation: relation.id, unit: options.unit?.name }),
    );
  }

  /** Takes a grant back. */
  revoke(relation: GrantedRelation, options: { readonly unit?: Unit } = {}): Operation<void> {
    return operation('secret.revoke', async () =>
      secretRevoke(this.#backend.runner, await this.#knownId(), { relation: relation.id, unit: options.unit?.name }),
    );
  }

  /** Removes a revision that nobody needs any more: see the events secret-remove and secret-expired. */
  removeRevision(revision: number): Operation<void> {
    return operation('secret.removeRevision', async () =>
      secretRemove(this.#backend.runner, await this.#knownId(), { revision }),
    );
  }

  /** Removes the secret as a whole. */
  removeAllRevisions(): Operation<void> {
    return operation('secret.removeAllRevisions', async () =>
      secretRemove(this.#backend.runner, await this.#knownId()),
    );
  }

  // A failure is not remembered.
  #read(options: { readonly refresh?: boolean } = {}): Promise<SecretContent> {
    noteRead('secret', this.#label ?? this.#id);
    const content = secretGet(this.#backend.runner, this.#name(), options).then((read) => Object.freeze(read));
    this.#content = content;
    content.catch(() => {
      if (this.#content === content) this.#content = undefined;
    });
    return content;
  }

  async #info(): Promise<SecretInfo> {
    const name = this.#id === undefined ? { label: this.#label } : { id: this.#id };
    const { id, owner: _owner, access: _access, ...info } = await secretInfoGet(this.#backend.runner, name);
    return { ...info, id: canonicalId(id, this.#backend.context.modelUuid) };
  }

  // Juju changes secrets by their id only.
  async #knownId(): Promise<string> {
    this.#id ??= (await this.#info()).id;
    return this.#id;
  }

  async #set(change: SecretSettings & { readonly content?: SecretContent }): Promise<void> {
    const { runner, context } = this.#backend;
    const id = await this.#knownId();
    if (context.version.isAtLeast(MERGES_CHANGES)) return secretSet(runner, id, change);
    return this.#backend.inTurn(`secret ${id}`, async () => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      await secretSet(runner, id, { ...(await this.#current(id)), ...Object.fromEntries(given) });
    });
  }

  async #current(id: string): Promise<SecretSettings & { readonly content: SecretContent }> {
    const content = await secretGet(this.#backend.runner, { id }, { peek: true });
    const { label, description, expires: expire, rotation: rotate } = await this.#info();
    return { content, label, description, expire, rotate };
  }

  #name(): SecretName {
    return { id: this.#id, label: this.#label };
  }
}

/** A secret whose id is known: this charm owns it, or was told its id. */
export interface SecretWithId extends Secret {
  readonly id: string;
  readonly uniqueIdentifier: string;
}
