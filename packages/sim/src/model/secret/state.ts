// What the model knows of a secret.

import type { RotatePolicy, SecretContent } from '../../juju/context/secret.ts';

export interface SecretState {
  /** Bare. */
  readonly id: string;
  readonly owner: SecretOwner;
  /** The owner's; consumers have labels of their own. */
  readonly label: string;
  readonly description: string;
  readonly rotate: RotatePolicy | '';
  /** When to rotate next (ISO 8601); `null` for never. */
  readonly rotates: string | null;
  /** That time has come, and secret-rotate has not run since. */
  readonly rotateDue: boolean;
  readonly latest: number;
  /** By number; removed ones are not in here. */
  readonly revisions: Readonly<Record<number, SecretRevision>>;
  readonly grants: readonly SecretGrant[];
  /** The units that have read it, by name. */
  readonly consumers: Readonly<Record<string, SecretConsumer>>;
  /** Revisions for which secret-remove has run. */
  readonly announced: readonly number[];
}

export interface SecretOwner {
  readonly kind: 'application' | 'unit';
  readonly name: string;
}

export interface SecretRevision {
  readonly content: SecretContent;
  /** ISO 8601; `null` for never. */
  readonly expires: string | null;
  /** That time has come, and secret-expired has not run since. */
  readonly expireDue: boolean;
}

export interface SecretGrant {
  /** The id of the relation whose end is the grant's. */
  readonly relation: number;
  readonly application: string;
  /** One unit of it; `null` for all. */
  readonly unit: string | null;
}

export interface SecretConsumer {
  /** Empty for none. */
  readonly label: string;
  /** The revision that it reads; 0 when it is not known yet. */
  readonly tracked: number;
  /** The revision that secret-changed has told of; 0 before the first. */
  readonly told: number;
}
