// `ctx.on`: the events that Juju may send to a charm, as far as its metadata declares them.

import type {
  ActionName,
  ActionParams,
  ContainerName,
  CustomEventBase,
  CustomEventSource,
  MetaSource,
  RelationName,
  StorageName,
} from '@charmed/ops';
import type { EventHost } from '@charmed/ops/internal';
import type { CheckInfo } from '../state/check-info.ts';
import type { Container } from '../state/container.ts';
import { nextActionId } from '../state/ids.ts';
import type { Notice } from '../state/notice.ts';
import type { AnyRelation } from '../state/relation.ts';
import type { Secret } from '../state/secret.ts';
import type { Storage } from '../state/storage.ts';
import type { About } from './about.ts';
import { ContextEvent } from './context-event.ts';

export interface RemoteUnitOption {
  /**
   * Number of the unit on the other side that it is about. `null`: none; in relation-changed, the application's data have changed then.
   * Default: the first.
   */
  readonly remoteUnit?: number | null | undefined;
}

export interface ActionOptions<M extends MetaSource, A extends ActionName<M>> {
  /** Those left out have the defaults of their schema. */
  readonly params?: Partial<ActionParams<M, A>>;
  /** Of the task. Default: one that no other action has. */
  readonly id?: string;
}

/** @typeParam Charm what `custom` finds its event in. */
export class ContextEvents<M extends MetaSource = MetaSource, Charm = never> {
  readonly #appName: string;

  constructor(appName: string) {
    this.#appName = appName;
  }

  install(): ContextEvent {
    return this.#event({ what: 'install' });
  }

  start(): ContextEvent {
    return this.#event({ what: 'start' });
  }

  stop(): ContextEvent {
    return this.#event({ what: 'stop' });
  }

  remove(): ContextEvent {
    return this.#event({ what: 'remove' });
  }

  configChanged(): ContextEvent {
    return this.#event({ what: 'config-changed' });
  }

  updateStatus(): ContextEvent {
    return this.#event({ what: 'update-status' });
  }

  upgradeCharm(): ContextEvent {
    return this.#event({ what: 'upgrade-charm' });
  }

  leaderElected(): ContextEvent {
    return this.#event({ what: 'leader-elected' });
  }

  preSeriesUpgrade(): ContextEvent {
    return this.#event({ what: 'pre-series-upgrade' });
  }

  postSeriesUpgrade(): ContextEvent {
    return this.#event({ what: 'post-series-upgrade' });
  }

  /** No event of Juju's, but the end of a dispatch alone. */
  collectAppStatus(): ContextEvent {
    return this.#event({ what: 'collect-app-status' });
  }

  /** No event of Juju's, but the end of a dispatch alone. */
  collectUnitStatus(): ContextEvent {
    return this.#event({ what: 'collect-unit-status' });
  }

  relationCreated(relation: AnyRelation<RelationName<M>>): ContextEvent {
    return this.#event({ what: 'relation-created', relation });
  }

  relationJoined(relation: AnyRelation<RelationName<M>>, options: RemoteUnitOption = {}): ContextEvent {
    return this.#event({ what: 'relation-joined', relation, ...options });
  }

  relationChanged(relation: AnyRelation<RelationName<M>>, options: RemoteUnitOption = {}): ContextEvent {
    return this.#event({ what: 'relation-changed', relation, ...options });
  }

  /** @param options.departingUnit number of the unit that leaves. Default: the remote unit. */
  relationDeparted(
    relation: AnyRelation<RelationName<M>>,
    options: RemoteUnitOption & { readonly departingUnit?: number | undefined } = {},
  ): ContextEvent {
    return this.#event({ what: 'relation-departed', relation, ...options });
  }

  relationBroken(relation: AnyRelation<RelationName<M>>): ContextEvent {
    return this.#event({ what: 'relation-broken', relation });
  }

  pebbleReady(container: Container<ContainerName<M>>): ContextEvent {
    return this.#event({ what: 'pebble-ready', container });
  }

  pebbleCustomNotice(container: Container<ContainerName<M>>, notice: Notice): ContextEvent {
    return this.#event({ what: 'pebble-custom-notice', container, notice });
  }

  pebbleCheckFailed(container: Container<ContainerName<M>>, check: CheckInfo): ContextEvent {
    return this.#event({ what: 'pebble-check-failed', container, check });
  }

  pebbleCheckRecovered(container: Container<ContainerName<M>>, check: CheckInfo): ContextEvent {
    return this.#event({ what: 'pebble-check-recovered', container, check });
  }

  storageAttached(storage: Storage<StorageName<M>>): ContextEvent {
    return this.#event({ what: 'storage-attached', storage });
  }

  storageDetaching(storage: Storage<StorageName<M>>): ContextEvent {
    return this.#event({ what: 'storage-detaching', storage });
  }

  secretChanged(secret: Secret): ContextEvent {
    return this.#event({ what: 'secret-changed', secret });
  }

  secretRotate(secret: Secret): ContextEvent {
    return this.#event({ what: 'secret-rotate', secret });
  }

  secretExpired(secret: Secret, options: { readonly revision: number }): ContextEvent {
    return this.#event({ what: 'secret-expired', secret, ...options });
  }

  secretRemove(secret: Secret, options: { readonly revision: number }): ContextEvent {
    return this.#event({ what: 'secret-remove', secret, ...options });
  }

  action<A extends ActionName<M>>(action: A, options: ActionOptions<M, A> = {}): ContextEvent {
    const params = (options.params ?? {}) as Readonly<Record<string, unknown>>;
    return this.#event({ what: 'action', action, params, id: options.id ?? nextActionId() });
  }

  /**
   * An event that the charm, or a part of it, defines itself, as if it came from Juju:
   * `ctx.on.custom((charm) => charm.database.on.ready, { url })`.
   */
  custom<E extends CustomEventBase>(
    choose: (charm: Charm) => CustomEventSource<E, EventHost>,
    payload: E['payload'],
  ): ContextEvent {
    return this.#event({ what: 'custom', choose: choose, payload });
  }

  #event(about: About): ContextEvent {
    return new ContextEvent(about, this.#appName);
  }
}
