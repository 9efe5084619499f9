// The secrets that a hook's unit owns, may own as leader, or was granted.

/** By key, in base64. */
export type SecretContent = Readonly<Record<string, string>>;

export type RotatePolicy = 'never' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** What is left out stays as it is. */
export interface SecretChange {
  readonly content?: SecretContent;
  readonly label?: string;
  readonly description?: string;
  readonly rotate?: RotatePolicy;
  /** A time (ISO 8601), or milliseconds from now. */
  readonly expire?: string | number;
}

export interface SecretMetadata {
  /** The latest. */
  readonly revision: number;
  readonly label: string;
  readonly owner: 'application' | 'unit';
  readonly description: string;
  /** Empty in the hook that creates the secret and leaves this out. */
  readonly rotate: RotatePolicy | '';
  /** ISO 8601. */
  readonly expires: string | undefined;
  /** ISO 8601. */
  readonly rotates: string | undefined;
  readonly access: readonly SecretAccess[];
}

/** In Juju's tags, such as `application-web` or `unit-web-0`. */
export interface SecretAccess {
  readonly target: string;
  readonly scope: string;
}

/** The whole application, unless a unit is named. */
export interface SecretSubject {
  readonly application: string;
  readonly unit?: string | null | undefined;
}

export interface SecretContext {
  /**
   * The content of the revision that this unit tracks, or of the latest.
   *
   * @param name an id, a label, or both: then the secret gets the label.
   * @param how `refresh` tracks the latest from now on, at once; the first read does, too.
   * @throws HookContextError when there is none, or it may not be read.
   */
  content(
    name: { readonly id: string | undefined; readonly label: string | undefined },
    how: 'tracked' | 'refresh' | 'peek',
  ): SecretContent;
  /** By id, those that this unit may change; the changes of this hook included. */
  owned(): Readonly<Record<string, SecretMetadata>>;
  /** Happens when the hook succeeds, as all below. Returns the id. @throws HookContextError when only the leader may. */
  add(owner: 'application' | 'unit', change: SecretChange & { readonly content: SecretContent }): string;
  update(id: string, change: SecretChange): void;
  /** @param revision `undefined` removes all. */
  remove(id: string, revision: number | undefined): void;
  /** @throws HookContextError when there is no such secret. */
  grant(id: string, relation: number, subject: SecretSubject): void;
  revoke(id: string, subject: SecretSubject): void;
}
