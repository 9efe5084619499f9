// What `this.on` offers, and which handlers its events take.

import type { CollectMetricsEvent } from '../events/legacy.ts';
import type { RelationChangedEvent, RelationDepartedEvent, RelationJoinedEvent } from '../events/relation.ts';
import type { SecretChangedEvent, SecretEvent, SecretExpiredEvent, SecretRemoveEvent } from '../events/secret.ts';
import type { StorageAttachedEvent, StorageEvent } from '../events/storage.ts';
import type { EventBase } from '../framework/event.ts';
import type { Unit } from '../model/entity.ts';
import type { Secret } from '../model/secret.ts';
import type { Storage } from '../model/storage.ts';
import { CharmBase, type CharmFramework } from './charm-base.ts';

interface Meta {
  readonly name: 'web';
  readonly requires: { readonly db: { readonly interface: 'sql' } };
  readonly storage: { readonly data: { readonly type: 'filesystem' } };
}

export class WebCharm extends CharmBase<Meta> {
  constructor(framework: CharmFramework) {
    super(framework);
    this.observe(this.on.storage('data').attached, this.#onAttached);
    this.observe(this.on.storage('data').detaching, this.#onStorage);
    this.observe(this.on.secretChanged, this.#onSecret);
    this.observe(this.on.secretRotate, this.#onSecret);
    this.observe(this.on.secretRemove, this.#onRemove);
    this.observe(this.on.secretExpired, this.#onExpired);
    this.observe(this.on.relation('db').joined, this.#onJoined);
    this.observe(this.on.relation('db').departed, this.#onDeparted);
    this.observe(this.on.leaderSettingsChanged, this.#onAny);
    this.observe(this.on.preSeriesUpgrade, this.#onAny);
    this.observe(this.on.postSeriesUpgrade, this.#onAny);
    this.observe(this.on.collectMetrics, this.#onMetrics);
    // @ts-expect-error: no such storage
    this.on.storage('logs');
    // @ts-expect-error: an endpoint is no storage
    this.on.storage('db');
    // @ts-expect-error: storage is not changed
    void this.on.storage('data').changed;
    // @ts-expect-error: no such event
    void this.on.secretAdded;
    // @ts-expect-error: that event has no revision
    this.observe(this.on.secretChanged, this.#onRemove);
    // @ts-expect-error: nor has that one
    this.observe(this.on.secretRotate, this.#onExpired);
    // @ts-expect-error: a secret is no storage
    this.observe(this.on.secretChanged, this.#onStorage);
    // @ts-expect-error: nobody joins in created
    this.observe(this.on.relation('db').created, this.#onJoined);
    // @ts-expect-error: nobody departs in joined
    this.observe(this.on.relation('db').joined, this.#onDeparted);
    // @ts-expect-error: other events have no metrics
    this.observe(this.on.updateStatus, this.#onMetrics);
  }

  #onAny(event: EventBase): void {
    event.defer();
    event.signal satisfies AbortSignal;
  }

  async #onAttached(event: StorageAttachedEvent): Promise<void> {
    (await event.storage.location()) satisfies string;
    // @ts-expect-error: what is not awaited is not a string
    void (event.storage.location() satisfies string);
    // @ts-expect-error: it cannot be exchanged
    event.storage = await this.model.storages('data').then(([first]) => first!);
  }

  #onStorage(event: StorageEvent): void {
    event.storage satisfies Storage;
  }

  async #onSecret(event: SecretEvent | SecretChangedEvent): Promise<void> {
    event.secret satisfies Secret;
    // @ts-expect-error: only secret-remove and secret-expired are about a revision
    void event.revision;
  }

  async #onRemove(event: SecretRemoveEvent): Promise<void> {
    event.revision satisfies number;
    await event.removeRevision();
  }

  async #onExpired(event: SecretExpiredEvent): Promise<void> {
    await event.secret.removeRevision(event.revision);
  }

  #onJoined(event: RelationJoinedEvent): void {
    event.unit satisfies Unit;
  }

  #onDeparted(event: RelationDepartedEvent): void {
    event.departingUnit satisfies Unit | undefined;
  }

  async #onMetrics(event: CollectMetricsEvent): Promise<void> {
    await event.addMetrics({ users: 1 }, { zone: 'a' });
    // @ts-expect-error: metrics are numbers
    await event.addMetrics({ users: '1' });
  }
}

export function onChanged(event: RelationChangedEvent): void {
  // @ts-expect-error: it may be the application's data that changed
  event.unit satisfies Unit;
}
