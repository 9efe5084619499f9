// `.unit-state.db`, the SQLite file in which Python ops keeps its notices and snapshots.
// Follows https://github.com/canonical/operator/blob/main/ops/storage.py, class SQLiteStorage.

import type { DatabaseSync } from 'node:sqlite';
import { OpsError, reasonOf } from '../../errors.ts';
import { readPickle } from './pickle.ts';
import type { PythonStore } from './python-store.ts';

const LOCK_TIMEOUT_MS = 5000;

/** @throws OpsError `python-store-failed` when the file is not one of Python ops, or cannot be read. */
export async function readUnitState(path: string): Promise<PythonStore> {
  const { DatabaseSync } = await import('node:sqlite');
  let database: DatabaseSync | undefined;
  try {
    // Not read-only: if Python was killed in the middle of a transaction, SQLite first takes that back.
    database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
    return isEmpty(database) ? { place: path, notices: [], snapshots: new Map() } : contentsOf(database, path);
  } catch (error) {
    throw new OpsError(
      'python-store-failed',
      `cannot take over the store of Python ops in ${path}: ${reasonOf(error)}. It was left as it is; move it away to start without what it holds, then run 'juju resolved'.`,
      { cause: error },
    );
  } finally {
    database?.close();
  }
}

function contentsOf(database: DatabaseSync, place: string): PythonStore {
  const notices = database.prepare('SELECT event_path, observer_path, method_name FROM notice ORDER BY sequence').all();
  // Each save replaces the row, which gives it a new rowid.
  const snapshots = database.prepare('SELECT handle, data FROM snapshot ORDER BY rowid').all();
  return {
    place,
    notices: notices.map((row) => ({
      eventPath: String(row['event_path']),
      observerPath: String(row['observer_path']),
      method: String(row['method_name']),
    })),
    snapshots: new Map(snapshots.map(({ handle, data }) => [String(handle), () => readPickle(blob(data))])),
  };
}

function blob(data: unknown): Uint8Array {
  return data instanceof Uint8Array ? data : new Uint8Array();
}

/** Python made the file and was killed before it made the tables. */
function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master').get() === undefined;
}
