// What charm.py became: it says what it finds in its state and in the events that were deferred.

import {
  CharmBase,
  CustomEventBase,
  main,
  OpsObject,
  type AnyCharm,
  type ConfigChangedEvent,
  type Framework,
  type RelationChangedEvent,
} from '@charmed/ops';

class DatabaseReadyEvent extends CustomEventBase<{ url: string; ports: number[] }> {}

class Database extends OpsObject {
  readonly on = this.defineEvents({ databaseReady: DatabaseReadyEvent });
  readonly stored = this.storedState({ urls: [] as string[] }, { name: '_stored' });

  constructor(charm: AnyCharm, endpoint: string) {
    super(charm, endpoint);
    this.observe(charm.on.relation(endpoint).changed, this.#onChanged);
  }

  #onChanged(event: RelationChangedEvent): void {
    say('library', event.kind, event.relation.id, event.app.name, event.unit?.name);
  }
}

export class WebCharm extends CharmBase {
  readonly database: Database = new Database(this, 'my-db');
  readonly stored: { count: number; [key: string]: unknown } = this.storedState({ count: -1 }, { name: '_stored' });

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.onConfigChanged);
    this.observe(this.on.relation('my-db').changed, this.#onDbChanged);
    this.observe(this.database.on.databaseReady, this.#onDatabaseReady);
    this.observe(this.on.upgradeCharm, this.#onUpgradeCharm);
    this.observe(this.on.stop, this.#onStop);
  }

  onConfigChanged(event: ConfigChangedEvent): void {
    say('charm', event.kind);
  }

  #onDbChanged(event: RelationChangedEvent): void {
    say('charm', event.kind, event.relation.id, event.app.name, event.unit?.name);
  }

  #onDatabaseReady(event: DatabaseReadyEvent): void {
    say('charm', event.kind, event.payload);
  }

  #onStop(): void {
    throw new Error('not today');
  }

  #onUpgradeCharm(): void {
    say('state', this.stored, this.database.stored);
    this.stored.count += 1;
  }
}

function say(...facts: readonly unknown[]): void {
  console.log(JSON.stringify(facts));
}

if (import.meta.main) await main(WebCharm);
