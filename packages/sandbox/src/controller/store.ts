// The model in SQLite. Each step is one transaction, so that the process can be killed at any point and goes on where it was.

import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OpsError, reasonOf } from '@charmed/ops/internal';
import type { ModelInfo, ModelState } from '@charmed/sim/model';

const COLLECTIONS = ['applications', 'units', 'remotes', 'relations', 'tasks', 'secrets', 'storage'] as const;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS model (id INTEGER PRIMARY KEY CHECK (id = 1), info TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entity (collection TEXT, key TEXT, data TEXT NOT NULL, PRIMARY KEY (collection, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS run (unit TEXT PRIMARY KEY, context TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, entity TEXT NOT NULL, module TEXT NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL
  );
`;

export interface LogLine {
  readonly at: string;
  /** `unit-web-0` or `controller`. */
  readonly entity: string;
  /** Such as `unit.web/0.juju-log`. */
  readonly module: string;
  readonly level: string;
  readonly message: string;
}

const KEPT_LOG_LINES = 100_000;
/** How long the kernel may take to release what a controller that was killed had locked. */
const LOCK_MS = 1000;
const SQLITE_BUSY = 5;

/** Notes of the controller that are not part of the model. */
export type Settings = Readonly<Record<string, string>>;

export class Store {
  readonly #database: DatabaseSync;

  /**
   * Opens the model's database, or creates it with mode 0600. One process has it open at a time.
   *
   * @throws OpsError `sandbox-busy` when another process has it, `bad-database` when it cannot be used.
   */
  constructor(path: string) {
    this.#database = opened(path);
    this.#database.prepare('DELETE FROM log WHERE id < (SELECT max(id) FROM log) - ?').run(KEPT_LOG_LINES);
  }

  /** `undefined` before the first save. */
  load(): ModelState | undefined {
    const model = this.#database.prepare('SELECT info FROM model').get();
    if (model === undefined) return undefined;
    const state: Record<string, Record<string, unknown>> = Object.fromEntries(COLLECTIONS.map((name) => [name, {}]));
    for (const row of this.#database.prepare('SELECT collection, key, data FROM entity').all()) {
      const entities = state[String(row.collection)];
      if (entities !== undefined) entities[String(row.key)] = JSON.parse(String(row.data));
    }
    return { ...(state as unknown as ModelState), model: JSON.parse(String(model.info)) as ModelInfo };
  }

  /** Writes what differs from the state saved before, and settings that go with it. */
  save(before: ModelState | undefined, after: ModelState, settings: Settings = {}): void {
    this.#database.exec('BEGIN');
    try {
      if (before?.model !== after.model) this.#saveInfo(after.model);
      for (const collection of COLLECTIONS)
        this.#saveCollection(collection, before?.[collection] ?? {}, after[collection]);
      for (const [name, value] of Object.entries(settings)) this.saveSetting(name, value);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #saveInfo(info: ModelInfo): void {
    this.#database.prepare('INSERT OR REPLACE INTO model VALUES (1, ?)').run(JSON.stringify(info));
  }

  #saveCollection(
    collection: string,
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
  ): void {
    if (before === after) return;
    for (const [key, entity] of Object.entries(after)) {
      if (before[key] === entity) continue;
      this.#database
        .prepare('INSERT OR REPLACE INTO entity VALUES (?, ?, ?)')
        .run(collection, key, JSON.stringify(entity));
    }
    for (const key of Object.keys(before)) {
      if (!(key in after))
        this.#database.prepare('DELETE FROM entity WHERE collection = ? AND key = ?').run(collection, key);
    }
  }

  setting(name: string): string | undefined {
    const row = this.#database.prepare('SELECT value FROM setting WHERE name = ?').get(name);
    return row === undefined ? undefined : String(row.value);
  }

  saveSetting(name: string, value: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?)').run(name, value);
  }

  /** Remembers which dispatch a unit runs, so that the next controller can end what this one left behind. */
  startRun(unit: string, context: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO run VALUES (?, ?)').run(unit, context);
  }

  /** The context ids of dispatches that were running when the last controller ended. */
  runs(): readonly { readonly unit: string; readonly context: string }[] {
    const rows = this.#database.prepare('SELECT unit, context FROM run').all();
    return rows.map(({ unit, context }) => ({ unit: String(unit), context: String(context) }));
  }

  endRun(unit: string): void {
    this.#database.prepare('DELETE FROM run WHERE unit = ?').run(unit);
  }

  /** Returns the line's id; ids grow. */
  addLog({ at, entity, module, level, message }: LogLine): number {
    const insert = this.#database.prepare(
      'INSERT INTO log (at, entity, module, level, message) VALUES (?, ?, ?, ?, ?)',
    );
    return Number(insert.run(at, entity, module, level, message).lastInsertRowid);
  }

  /** The last `limit` lines after the id `after`, oldest first. @param entities whose lines; those of all when empty. */
  log(after: number, limit: number, entities: readonly string[] = []): readonly (LogLine & { readonly id: number })[] {
    const wanted = entities.length === 0 ? '' : `AND entity IN (${entities.map(() => '?').join(', ')})`;
    const query = `SELECT * FROM (SELECT * FROM log WHERE id > ? ${wanted} ORDER BY id DESC LIMIT ?) ORDER BY id`;
    const rows = this.#database.prepare(query).all(after, ...entities, limit);
    return rows as unknown as (LogLine & { readonly id: number })[];
  }

  close(): void {
    this.#database.close();
  }
}

function opened(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: LOCK_MS });
    chmodSync(path, 0o600);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      throw new OpsError('sandbox-busy', `cannot open ${path}: another controller has it open`, { cause: error });
    }
    const message = `cannot open ${path}: ${reasonOf(error)}; \`charmed sandbox destroy\` removes the sandbox`;
    throw new OpsError('bad-database', message, { cause: error });
  }
}

// The lowest byte of SQLite's code says what it is, the others why.
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
