import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ManualClock } from '../memory/manual-clock.ts';
import { Changes } from './changes.ts';
import { Notices } from './notices.ts';
import type { Task, Work } from './task.ts';

let changes: Changes;
let notices: Notices;
let order: string[];

beforeEach(() => {
  const clock = new ManualClock();
  notices = new Notices(clock);
  changes = new Changes(clock, notices);
  order = [];
});

function task(name: string, lane: number, waitsFor: Task[] = [], work?: Work): Task {
  const note: Work = async () => void order.push(name);
  return changes.newTask({ kind: 'test', summary: name, work: work ?? note, lane, waitsFor });
}

const start = (...tasks: Task[]) => changes.start({ kind: 'test', summary: 'all', tasks, services: [] });
const fails: Work = () => Promise.reject(new Error('broken'));
const waits: Work = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
const statuses = (...tasks: Task[]) => tasks.map(({ status }) => status);

test('tasks run as soon as those before them are done', async () => {
  const a = task('a', 1);
  const b = task('b', 1, [a]);
  const other = task('other', 2);
  const change = start(b, a, other);
  await change.ready;
  assert.deepEqual(order, ['a', 'other', 'b']);
  assert.equal(change.status, 'Done');
  assert.equal(change.error, undefined);
});

test('a failure holds its lane and what waits for it, and leaves other lanes alone', async () => {
  const a = task('a', 1, [], fails);
  const b = task('b', 1, [a]);
  const c = task('c', 2);
  const d = task('d', 3, [a, c]);
  const e = task('e', 3, [d]);
  const change = start(a, b, c, d, e);
  await change.ready;
  assert.deepEqual(statuses(a, b, c, d, e), ['Error', 'Hold', 'Done', 'Hold', 'Hold']);
  assert.equal(change.status, 'Error');
  assert.equal(change.error, 'cannot perform the following tasks:\n- a (broken)');
});

test('an abort holds what waits and stops what runs', async () => {
  const a = task('a', 1, [], waits);
  const b = task('b', 1, [a]);
  const change = start(a, b);
  assert.equal(change.status, 'Doing');
  change.abort();
  assert.equal(change.status, 'Abort');
  await change.ready;
  assert.deepEqual(statuses(a, b), ['Error', 'Hold']);
});

test('a change without tasks is done', async () => {
  const change = start();
  await change.ready;
  assert.equal(change.status, 'Done');
});

test('each step of a change is a notice of it', async () => {
  const change = start(task('a', 1));
  await change.ready;
  const [notice] = notices.list({ userId: undefined, types: ['change-update'], keys: [change.id], after: undefined });
  assert.equal(notice?.occurrences, 3);
  assert.deepEqual(notice?.lastData, { kind: 'test' });
});

test('who waits for a notice gets it, or nothing when he gives up', async () => {
  const filter = { userId: undefined, types: [], keys: [], after: undefined };
  const given = new AbortController();
  const waiting = notices.wait(filter, given.signal);
  start(task('a', 1));
  assert.equal((await waiting).length, 1);
  const late = notices.wait({ ...filter, keys: ['99'] }, given.signal);
  given.abort();
  assert.deepEqual(await late, []);
});

test('only the latest thousand finished changes are kept', async () => {
  const first = start(task('a', 1));
  await first.ready;
  for (let count = 0; count < 1000; count++) await start(task('b', 1)).ready;
  start();
  assert.throws(() => changes.get(first.id), /cannot find change with id "1"/);
  assert.ok(changes.list().length <= 1001);
});
