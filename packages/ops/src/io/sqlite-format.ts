// How notices and states lie in the file. Every format that was ever released is read; the newest is written.
//
// 1: tables `notice` and `state`.
// 2: `notice.missed`, the dispatches in which nobody observed it.

import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../framework/json.ts';
import type { LoadedContents, Notice, StoreContents } from '../framework/store.ts';

export const FORMAT = 2;

const SCHEMA = `
  CREATE TABLE notice (
    sequence INTEGER NOT NULL,
    emitter TEXT NOT NULL,
    kind TEXT NOT NULL,
    observer TEXT NOT NULL,
    handler TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    missed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE state (handle TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

/** 0 for a file in which nothing was written yet. */
export function formatOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

export function readContents(database: DatabaseSync): LoadedContents {
  if (formatOf(database) === 0) return { notices: [], states: new Map(), isNew: true };
  const notices = database.prepare('SELECT * FROM notice ORDER BY rowid').all();
  const states = database.prepare('SELECT * FROM state').all();
  return {
    notices: notices.map(noticeFrom),
    states: new Map(states.map((row) => [String(row.handle), objectFrom(row.data)])),
  };
}

/** Replaces everything; to be called in a transaction. */
export function writeContents(database: DatabaseSync, contents: StoreContents): void {
  database.exec('DROP TABLE IF EXISTS notice; DROP TABLE IF EXISTS state;');
  database.exec(SCHEMA);
  const addNotice = database.prepare('INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const { sequence, emitter, kind, observer, handler, snapshot, missed } of contents.notices) {
    addNotice.run(sequence, emitter, kind, observer, handler, JSON.stringify(snapshot), missed);
  }
  const addState = database.prepare('INSERT INTO state VALUES (?, ?)');
  for (const [handle, data] of contents.states) addState.run(handle, JSON.stringify(data));
}

function noticeFrom(row: Readonly<Record<string, unknown>>): Notice {
  return {
    sequence: Number(row.sequence),
    emitter: String(row.emitter),
    kind: String(row.kind),
    observer: String(row.observer),
    handler: String(row.handler),
    snapshot: objectFrom(row.snapshot),
    missed: Number(row.missed ?? 0),
  };
}

function objectFrom(text: unknown): JsonObject {
  const value: unknown = JSON.parse(String(text));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new SyntaxError('a row holds something other than a JSON object');
}
