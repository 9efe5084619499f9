// An event that a charm is to be run for, as Juju would name it.

import type { JsonObject } from '@charmed/ops';
import { jujuContextFrom, snapshotFrom } from '@charmed/ops/internal';
import { DeferredEvent } from '../state/deferred-event.ts';
import { remoteAppOf, remoteUnitsOf } from '../state/relation.ts';
import { Value } from '../state/value.ts';
import type { About } from './about.ts';

/** What the event names. */
interface Names {
  /** Id of its relation. */
  readonly relation?: number;
  readonly remoteApplication: string;
  readonly remoteUnit: string | undefined;
}

/** Made by `ctx.on`. */
export class ContextEvent extends Value {
  /** Such as `config-changed`, `db-relation-changed` or `backup-action`. */
  readonly kind: string;
  readonly about: About;
  readonly appName: string;

  constructor(about: About, appName: string) {
    super();
    this.about = about;
    this.appName = appName;
    this.kind = kindOf(about);
    Object.freeze(this);
  }

  get what(): About['what'] {
    return this.about.what;
  }

  /** `JUJU_DISPATCH_PATH`. */
  get dispatchPath(): string {
    return this.about.what === 'action' ? `actions/${this.about.action}` : `hooks/${this.kind}`;
  }

  names(): Names {
    const { about, appName } = this;
    if (!('relation' in about)) return { remoteApplication: '', remoteUnit: undefined };
    const remoteApplication = remoteAppOf(about.relation, appName);
    const number = remoteUnitIn(about);
    return {
      relation: about.relation.id,
      remoteApplication,
      remoteUnit: number === undefined ? undefined : `${remoteApplication}/${number}`,
    };
  }

  /** The variables that Juju sets for this event. */
  environment(): Readonly<Record<string, string>> {
    return {
      JUJU_DISPATCH_PATH: this.dispatchPath,
      JUJU_HOOK_NAME: this.about.what === 'action' ? '' : this.kind,
      ...this.#variables(),
    };
  }

  #variables(): Readonly<Record<string, string>> {
    const { about } = this;
    if ('relation' in about) return this.#relationVariables(about);
    if ('container' in about) return containerVariables(about);
    if ('storage' in about) return { JUJU_STORAGE_ID: about.storage.id };
    if ('secret' in about) {
      const { secret, revision } = about;
      return {
        JUJU_SECRET_ID: secret.id,
        JUJU_SECRET_LABEL: secret.label ?? '',
        ...(revision !== undefined && { JUJU_SECRET_REVISION: String(revision) }),
      };
    }
    return about.what === 'action' ? { JUJU_ACTION_NAME: about.action, JUJU_ACTION_UUID: about.id } : {};
  }

  #relationVariables({ what, relation, departingUnit }: AboutRelation): Readonly<Record<string, string>> {
    const { remoteApplication, remoteUnit = '' } = this.names();
    const departing = departingUnit === undefined ? remoteUnit : `${remoteApplication}/${departingUnit}`;
    return {
      JUJU_RELATION: relation.endpoint,
      JUJU_RELATION_ID: `${relation.endpoint}:${relation.id}`,
      JUJU_REMOTE_APP: remoteApplication,
      JUJU_REMOTE_UNIT: remoteUnit,
      ...(what === 'relation-departed' && { JUJU_DEPARTING_UNIT: departing }),
    };
  }

  /**
   * This event as one that an earlier dispatch has deferred, for `State.deferred`.
   *
   * @param handler its name on the object, such as `#onConfigChanged`, or its id.
   * @param options.observer handle of the object. Default: `charm`.
   */
  deferred(handler: string, options: { readonly observer?: string } = {}): DeferredEvent {
    return new DeferredEvent(this.kind, { handler, snapshot: this.#snapshot(), ...options });
  }

  #snapshot(): JsonObject {
    const { about } = this;
    if (!('storage' in about)) return snapshotFrom(jujuContextFrom(this.environment()));
    const { name, index, location } = about.storage;
    return { storage_name: name, storage_index: index, storage_location: location };
  }
}

type AboutRelation = Extract<About, { relation: unknown }>;
type AboutContainer = Extract<About, { container: unknown }>;

function kindOf(about: About): string {
  if ('relation' in about) return `${about.relation.endpoint}-${about.what}`;
  if ('container' in about) return `${about.container.name}-${about.what}`;
  if ('storage' in about) return `${about.storage.name}-${about.what}`;
  return about.what === 'action' ? `${about.action}-action` : about.what;
}

function remoteUnitIn({ what, relation, remoteUnit }: AboutRelation): number | undefined {
  if (what === 'relation-created' || what === 'relation-broken' || remoteUnit === null) return undefined;
  if (remoteUnit !== undefined) return remoteUnit;
  const [first] = Object.keys(remoteUnitsOf(relation));
  return first === undefined ? undefined : Number(first);
}

function containerVariables({ container, notice, check }: AboutContainer): Readonly<Record<string, string>> {
  return {
    JUJU_WORKLOAD_NAME: container.name,
    ...(notice && { JUJU_NOTICE_ID: notice.id, JUJU_NOTICE_TYPE: notice.type, JUJU_NOTICE_KEY: notice.key }),
    ...(check && { JUJU_PEBBLE_CHECK_NAME: check.name }),
  };
}
