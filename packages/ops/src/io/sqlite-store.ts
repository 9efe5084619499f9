// The store in a SQLite file beside the charm. A charm that stores nothing never makes the file, and never loads SQLite.

import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { OpsError, reasonOf } from '../errors.ts';
import type { LoadedContents, Store, StoreContents } from '../framework/store.ts';
import type { Logger } from '../log.ts';
import { isDamage, setAside, setAsideBefore } from './damaged-database.ts';
import { FORMAT, formatOf, readContents, writeContents } from './sqlite-format.ts';

export class SqliteStore implements Store {
  readonly #path: string;
  readonly #logger: Logger;
  #database: DatabaseSync | undefined;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  async load(): Promise<LoadedContents> {
    if (!existsSync(this.#path)) return { notices: [], states: new Map(), isNew: !this.#recallDamage() };
    try {
      return readContents(await this.#open());
    } catch (error) {
      if (isDamage(error)) throw await this.#setAside(error);
      throw this.#failure('read', error);
    }
  }

  async commit(contents: StoreContents): Promise<void> {
    try {
      const database = await this.#open();
      database.exec('BEGIN IMMEDIATE');
      writeContents(database, contents);
      database.exec('COMMIT');
    } catch (error) {
      throw this.#failure('write', error);
    }
  }

  async close(): Promise<void> {
    this.#database?.close();
    this.#database = undefined;
  }

  async #open(): Promise<DatabaseSync> {
    if (this.#database) return this.#database;
    const { DatabaseSync } = await import('node:sqlite');
    // Made first, so that SQLite's journal, which takes its mode from it, is private too.
    closeSync(openSync(this.#path, 'a', 0o600));
    chmodSync(this.#path, 0o600);
    const database = new DatabaseSync(this.#path, { timeout: 5000 });
    this.#database = database;
    const format = formatOf(database);
    if (format > FORMAT) {
      throw new OpsError(
        'store-too-new',
        `cannot read store ${this.#path}: it has format ${format}, and this version of @charmed/ops knows up to ${FORMAT}. Refresh to a charm with a newer one.`,
      );
    }
    return database;
  }

  // The hook fails once, so that the loss is seen; the next dispatch starts afresh.
  async #setAside(error: unknown): Promise<OpsError> {
    await this.close();
    let aside: string;
    try {
      aside = setAside(this.#path);
    } catch (failure) {
      return this.#failure('set aside damaged', failure);
    }
    return new OpsError(
      'store-corrupt',
      `cannot read store ${this.#path}: ${reasonOf(error)}. It was kept as ${aside}: what earlier dispatches deferred and stored is only there. The next dispatch starts with an empty store; to go on with the old one, mend that file and put it back.`,
      { cause: error },
    );
  }

  // Whether there was one.
  #recallDamage(): boolean {
    const aside = setAsideBefore(this.#path);
    if (aside === undefined) return false;
    this.#logger.log('WARNING', `The store is empty, since an earlier one was damaged and kept as ${aside}.`);
    return true;
  }

  #failure(verb: string, error: unknown): OpsError {
    if (error instanceof OpsError) return error;
    return new OpsError(
      'store-failed',
      `cannot ${verb} store ${this.#path}: ${reasonOf(error)}. The file was left as it is; check the disk, then run 'juju resolved'.`,
      { cause: error },
    );
  }
}
