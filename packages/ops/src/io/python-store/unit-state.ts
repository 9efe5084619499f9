// `.unit-state.db`, the SQLite file in which Python ops keeps its notices and snapshots.
// Follows https://github.com/canonical/operator/blob/main/ops/storage.py, class SQLiteStorage.

import type { DatabaseSync } from 'node:sqlite';
import { OpsError, reasonOf } from '../../errors.ts';
import { isDamage, setAside } from '../damaged-database.ts';
import { readPickle } from './pickle.ts';
import type { PythonStore } from './python-store.ts';

const LOCK_TIMEOUT_MS = 5000;

/**
 * @throws OpsError `python-store-corrupt` when the file is not one of Python ops: it was kept under another name, so that only one hook
 * fails; `python-store-failed` when it cannot be read.
 */
export async function readUnitState(path: string): Promise<PythonStore> {
  try {
    return await readDatabase(path);
  } catch (error) {
    throw failure(path, error);
  }
}

async function readDatabase(path: string): Promise<PythonStore> {
  const { DatabaseSync } = await import('node:sqlite');
  // Not read-only: if Python was killed in the middle of a transaction, SQLite first takes that back.
  const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    return isEmpty(database) ? { place: path, notices: [], snapshots: new Map() } : contentsOf(database, path);
  } finally {
    database.close();
  }
}

// The hook fails once, so that the loss is seen; the next dispatch starts without it.
function failure(path: string, error: unknown): OpsError {
  const message = `cannot take over the store of Python ops in ${path}: ${reasonOf(error)}.`;
  const aside = isDamage(error) ? moved(path) : undefined;
  const [code, advice] =
    aside === undefined
      ? ['python-store-failed', 'It was left as it is; check the disk, or move it away to start without what it holds.']
      : [
          'python-store-corrupt',
          `It was kept as ${aside}: what the Python charm had deferred and stored is only there. The next dispatch starts without it; to go on with it, mend that file and put it back.`,
        ];
  return new OpsError(code, `${message} ${advice}`, { cause: error });
}

function moved(path: string): string | undefined {
  try {
    return setAside(path);
  } catch {
    return undefined; // the damage is the news
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
