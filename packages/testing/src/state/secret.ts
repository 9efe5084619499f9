// A secret that the unit owns, or may read.

import { isDeepStrictEqual } from 'node:util';
import type { SecretContent, SecretRotate } from '@charmed/ops';
import { StateValidationError } from './errors.ts';
import { nextSecretId } from './ids.ts';
import { frozen, Value } from './value.ts';

export interface SecretFields {
  /** What a refresh or a peek gives. Default: what is tracked. */
  readonly latestContent?: SecretContent;
  /** Default: 1. */
  readonly trackedRevision?: number;
  /** Default: the tracked one, or the next if its content is another. */
  readonly latestRevision?: number;
  /** With `secret:` before it. Default: one that no other secret has. */
  readonly id?: string;
  /** Who of us owns it. Default: someone else does. */
  readonly owner?: 'unit' | 'app' | undefined;
  /** Units and applications that may read it, by the id of the relation that it was granted over. */
  readonly remoteGrants?: Readonly<Record<number, readonly string[]>>;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly expire?: Date | undefined;
  readonly rotate?: SecretRotate | undefined;
}

export class Secret extends Value {
  /** The content of the revision that this unit tracks. */
  readonly trackedContent: SecretContent;
  readonly latestContent: SecretContent;
  readonly trackedRevision: number;
  readonly latestRevision: number;
  readonly id: string;
  readonly owner: 'unit' | 'app' | undefined;
  readonly remoteGrants: Readonly<Record<number, readonly string[]>>;
  readonly label: string | undefined;
  readonly description: string | undefined;
  readonly expire: Date | undefined;
  readonly rotate: SecretRotate | undefined;

  constructor(trackedContent: SecretContent, fields: SecretFields = {}) {
    super();
    this.trackedContent = content(trackedContent);
    this.latestContent = content(fields.latestContent ?? trackedContent);
    this.trackedRevision = fields.trackedRevision ?? 1;
    const hasNews = !isDeepStrictEqual(this.latestContent, this.trackedContent);
    this.latestRevision = fields.latestRevision ?? this.trackedRevision + (hasNews ? 1 : 0);
    this.id = idFrom(fields.id ?? nextSecretId());
    this.owner = fields.owner;
    this.remoteGrants = frozen(fields.remoteGrants ?? {});
    this.label = fields.label;
    this.description = fields.description;
    this.expire = frozen(fields.expire);
    this.rotate = fields.rotate;
    Object.freeze(this);
  }

  with(changes: SecretFields & { readonly trackedContent?: SecretContent }): Secret {
    return new Secret(changes.trackedContent ?? this.trackedContent, { ...this, ...changes });
  }
}

function idFrom(id: string): string {
  if (/^secret:[0-9a-v]{20}$/.test(id)) return id;
  throw new StateValidationError(`cannot name a secret ${id}: an id is secret: and 20 of 0-9 and a-v; or leave it out`);
}

function content(given: SecretContent): SecretContent {
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'string') continue;
    throw new StateValidationError(`cannot put a ${typeof value} under ${key} in a secret: its values are strings`);
  }
  return frozen(given);
}
