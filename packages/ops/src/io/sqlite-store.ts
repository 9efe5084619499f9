// The store in a SQLite file beside the charm. A charm that stores nothing never makes the file, and never loads SQLite.

import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { OpsError, reasonOf } from '../errors.ts';
import type { Notice, Store, StoreContents } from '../framework/store.ts';

const FORMAT = 1;

const SCHEMA = `
  CREATE TABLE notice (
    sequence INTEGER NOT NULL,
    emitter TEXT NOT NULL,
    kind TEXT NOT NULL,
    observer TEXT NOT NULL,
    handler TEXT NOT NULL,
    snapshot TEXT NOT NULL
  ) STRICT;
  CREATE TABLE state (handle TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

export class SqliteStore implements Store {
  readonly #path: string;
  #database: DatabaseSync | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async load(): Promise<StoreContents> {
    if (!existsSync(this.#path)) return { notices: [], states: new Map() };
    try {
      const database = await this.#open();
      if (formatOf(database) === 0) return { notices: [], states: new Map() };
      const notices = database.prepare('SELECT * FROM notice ORDER BY rowid').all();
      const states = database.prepare('SELECT * FROM state').all();
      return {
        notices: notices.map((row) => ({ ...row, snapshot: JSON.parse(String(row.snapshot)) }) as unknown as Notice),
        states: new Map(states.map((row) => [String(row.handle), JSON.parse(String(row.data))])),
      };
    } catch (error) {
      throw error instanceof OpsError ? error : this.#failure('read', error);
    }
  }

  async commit(contents: StoreContents): Promise<void> {
    try {
      const database = await this.#open();
      database.exec('BEGIN IMMEDIATE');
      if (formatOf(database) === 0) database.exec(SCHEMA);
      database.exec('DELETE FROM notice; DELETE FROM state');
      const addNotice = database.prepare('INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?)');
      for (const { sequence, emitter, kind, observer, handler, snapshot } of contents.notices) {
        addNotice.run(sequence, emitter, kind, observer, handler, JSON.stringify(snapshot));
      }
      const addState = database.prepare('INSERT INTO state VALUES (?, ?)');
      for (const [handle, data] of contents.states) addState.run(handle, JSON.stringify(data));
      database.exec('COMMIT');
    } catch (error) {
      throw error instanceof OpsError ? error : this.#failure('write', error);
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

  #failure(verb: string, error: unknown): OpsError {
    return new OpsError(
      'store-failed',
      `cannot ${verb} store ${this.#path}: ${reasonOf(error)}. The file was left as it is; check the disk, then run 'juju resolved'.`,
      { cause: error },
    );
  }
}

function formatOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
