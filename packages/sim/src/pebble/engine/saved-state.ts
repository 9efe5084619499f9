// What a Pebble knows and keeps over a restart, and how it is read back from JSON that may be damaged. The real one keeps the same in its
// own form (canonical/pebble internals/overlord/state/state.go).

import type { SavedChange } from './change.ts';
import type { SavedChanges } from './changes.ts';
import { type Identity, whyInvalid } from './identities.ts';
import { formatInstant, type Instant, parseInstant } from './instant.ts';
import { type Notice, noticeTypes, type SavedNotices } from './notices.ts';
import { type SavedTask, type Status, statuses } from './task.ts';

export interface SavedState {
  readonly changes: SavedChanges;
  readonly notices: SavedNotices;
  readonly identities: ReadonlyMap<string, Identity>;
}

const format = 'charmed-1';

export function encodeState({ changes, notices, identities }: SavedState): string {
  const written = { ...notices, notices: notices.notices.map(encodeNotice) };
  return JSON.stringify({ format, changes, notices: written, identities: Object.fromEntries(identities) });
}

/** @throws Error that says what is wrong. */
export function decodeState(text: string): SavedState {
  const state = recordOf(JSON.parse(text), 'state');
  if (state['format'] !== format) throw new Error(`the format is not ${format}`);
  const changes = recordOf(state['changes'], 'changes');
  const notices = recordOf(state['notices'], 'notices');
  return {
    changes: {
      lastChange: countOf(changes['lastChange']),
      lastTask: countOf(changes['lastTask']),
      lastLane: countOf(changes['lastLane']),
      changes: listOf(changes['changes']).map(decodeChange),
    },
    notices: { lastId: countOf(notices['lastId']), notices: listOf(notices['notices']).map(decodeNotice) },
    identities: new Map(Object.entries(recordOf(state['identities'], 'identities')).map(decodeIdentity)),
  };
}

function encodeNotice(notice: Notice): object {
  const { firstOccurred, lastOccurred, lastRepeated } = notice;
  return {
    ...notice,
    firstOccurred: formatInstant(firstOccurred),
    lastOccurred: formatInstant(lastOccurred),
    lastRepeated: formatInstant(lastRepeated),
  };
}

function decodeChange(value: unknown): SavedChange {
  const change = recordOf(value, 'change');
  const tasks = listOf(change['tasks']).map(decodeTask);
  const ids = new Set(tasks.map(({ id }) => id));
  for (const { waitsFor } of tasks) {
    if (!waitsFor.every((id) => ids.has(id))) throw new Error('a task waits for one that is not there');
  }
  return {
    id: textOf(change['id']),
    kind: textOf(change['kind']),
    summary: textOf(change['summary']),
    tasks,
    services: textsOf(change['services']),
    noticeData: textRecordOf(change['noticeData']),
    announced: optional(change['announced'], statusOf),
    spawnTime: dateOf(change['spawnTime']),
    readyTime: optional(change['readyTime'], dateOf),
  };
}

function decodeTask(value: unknown): SavedTask {
  const task = recordOf(value, 'task');
  return {
    id: textOf(task['id']),
    kind: textOf(task['kind']),
    summary: textOf(task['summary']),
    status: statusOf(task['status']),
    lane: countOf(task['lane']),
    waitsFor: textsOf(task['waitsFor']),
    service: optional(task['service'], textOf),
    log: textsOf(task['log']),
    spawnTime: dateOf(task['spawnTime']),
    readyTime: optional(task['readyTime'], dateOf),
    data: optional(task['data'], (data) => recordOf(data, 'data')),
  };
}

function decodeNotice(value: unknown): Notice {
  const notice = recordOf(value, 'notice');
  const type = noticeTypes.find((known) => known === notice['type']);
  if (type === undefined) throw new Error('a notice has no type');
  return {
    id: textOf(notice['id']),
    userId: optional(notice['userId'], countOf),
    type,
    key: textOf(notice['key']),
    firstOccurred: instantOf(notice['firstOccurred']),
    lastOccurred: instantOf(notice['lastOccurred']),
    lastRepeated: instantOf(notice['lastRepeated']),
    occurrences: countOf(notice['occurrences']),
    lastData: textRecordOf(notice['lastData']),
    repeatAfterMs: numberOf(notice['repeatAfterMs']),
  };
}

function decodeIdentity([name, value]: [string, unknown]): [string, Identity] {
  const { access, local, basic, cert } = recordOf(value, 'identity');
  const identity = {
    access: textOf(access) as Identity['access'],
    ...(local !== undefined && { local: { userId: countOf(recordOf(local, 'local')['userId']) } }),
    ...(basic !== undefined && { basic: { password: textOf(recordOf(basic, 'basic')['password']) } }),
    ...(cert !== undefined && { cert: { pem: textOf(recordOf(cert, 'cert')['pem']) } }),
  };
  const reason = whyInvalid(name, identity);
  if (reason !== undefined) throw new Error(`an identity is not valid: ${reason}`);
  return [name, identity];
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function recordOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${what} is not an object`);
}

function textRecordOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(value, 'data')).map(([key, each]) => [key, textOf(each)]));
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('expected a list');
}

function textsOf(value: unknown): string[] {
  return listOf(value).map(textOf);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error('expected a text');
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error('expected a number');
}

function countOf(value: unknown): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new Error('expected a whole number');
}

function statusOf(value: unknown): Status {
  const status = statuses.find((known) => known === value);
  if (status === undefined) throw new Error('expected a status');
  return status;
}

function dateOf(value: unknown): Date {
  return instantOf(value).date;
}

function instantOf(value: unknown): Instant {
  const instant = parseInstant(textOf(value));
  if (instant === undefined) throw new Error('expected a time');
  return instant;
}
