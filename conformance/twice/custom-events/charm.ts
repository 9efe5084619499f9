// Events of a library's own: emitted in handlers, nested, deferred, and observed by the charm and by a sibling.

import {
  ActiveStatus,
  BlockedStatus,
  CharmBase,
  CustomEventBase,
  main,
  MaintenanceStatus,
  OpsObject,
  WaitingStatus,
  type AnyCharm,
  type Framework,
  type RelationBrokenEvent,
  type RelationChangedEvent,
} from '@charmed/ops';

class ReadyEvent extends CustomEventBase<{ url: string; count: number }> {}

class Database extends OpsObject {
  readonly on = this.defineEvents({ databaseReady: ReadyEvent, databaseGone: ReadyEvent });
  readonly #stored = this.storedState({ count: 0 });

  constructor(charm: AnyCharm, endpoint: string) {
    super(charm, endpoint);
    const { changed, broken } = charm.on.relation(endpoint);
    this.observe(changed, this.#onChanged);
    this.observe(broken, this.#onBroken);
  }

  async #onChanged({ app, relation }: RelationChangedEvent): Promise<void> {
    this.#stored.count += 1;
    const url = (await relation.data(app).get('url')) ?? 'none';
    await this.on.databaseReady.emit({ url, count: this.#stored.count });
  }

  async #onBroken({ app }: RelationBrokenEvent): Promise<void> {
    await this.on.databaseGone.emit({ url: app.name, count: this.#stored.count });
  }
}

class Watcher extends OpsObject {
  readonly #charm: AnyCharm;

  constructor(charm: AnyCharm, database: Database) {
    super(charm, 'watcher');
    this.#charm = charm;
    this.observe(database.on.databaseReady, this.#onReady);
  }

  async #onReady({ payload: { url, count } }: ReadyEvent): Promise<void> {
    await this.#charm.unit.setStatus(new MaintenanceStatus(`watcher sees ${url} ${count}`));
  }
}

class CustomEventsCharm extends CharmBase {
  readonly #stored = this.storedState({ tries: 0 });
  readonly database: Database = new Database(this, 'db');
  readonly watcher: Watcher = new Watcher(this, this.database);

  constructor(framework: Framework) {
    super(framework);
    this.observe(this.database.on.databaseReady, this.#onReady);
    this.observe(this.database.on.databaseGone, this.#onGone);
  }

  async #onReady(event: ReadyEvent): Promise<void> {
    const { url, count } = event.payload;
    this.#stored.tries += 1;
    if (this.#stored.tries < 3) {
      event.defer();
      await this.unit.setStatus(new WaitingStatus(`deferred ${url} ${count}`));
      return;
    }
    await this.unit.setStatus(new ActiveStatus(`${url} ${count} after ${this.#stored.tries}`));
  }

  async #onGone({ payload: { url, count } }: ReadyEvent): Promise<void> {
    await this.unit.setStatus(new BlockedStatus(`${url} is gone after ${count}`));
  }
}

if (import.meta.main) await main(CustomEventsCharm);
