// What hook commands answer is checked before anyone believes it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ScriptedRunner } from '../../test/scripted-runner.ts';
import {
  actionGet,
  configGet,
  credentialGet,
  goalState,
  isLeader,
  networkGet,
  openedPorts,
  relationGet,
  relationIds,
  relationList,
  relationModelGet,
  secretGet,
  secretIds,
  secretInfoGet,
  stateGet,
  statusGet,
  storageGet,
  storageList,
  unitGet,
  type HookRunner,
} from '../hook-commands.ts';
import { count, date } from './read.ts';

const ASK: Readonly<Record<string, (runner: HookRunner) => Promise<unknown>>> = {
  'action-get': (runner) => actionGet(runner),
  'config-get': (runner) => configGet(runner),
  'credential-get': (runner) => credentialGet(runner),
  'goal-state': (runner) => goalState(runner),
  'is-leader': (runner) => isLeader(runner),
  'network-get': (runner) => networkGet(runner, 'db'),
  'opened-ports': (runner) => openedPorts(runner, { endpoints: true }),
  'relation-get': (runner) => relationGet(runner, {}),
  'relation-ids': (runner) => relationIds(runner, 'db'),
  'relation-list': (runner) => relationList(runner),
  'relation-model-get': (runner) => relationModelGet(runner),
  'secret-get': (runner) => secretGet(runner, { label: 'x' }),
  'secret-ids': (runner) => secretIds(runner),
  'secret-info-get': (runner) => secretInfoGet(runner, { label: 'x' }),
  'state-get': (runner) => stateGet(runner),
  'status-get': (runner) => statusGet(runner, { app: true }),
  'storage-get': (runner) => storageGet(runner),
  'storage-list': (runner) => storageList(runner),
  'unit-get': (runner) => unitGet(runner, 'private-address'),
};

/** JSON with the words that Juju's answers have, to get deeper into the readers than chance does. */
const WORDS =
  'bind-addresses addresses value units relations status since message credential uuid auth-type attrs type name kind location revision expiry access application-status';
const words = fc.constantFrom(...WORDS.split(' '));
const { answer } = fc.letrec<{ answer: unknown }>((tie) => ({
  answer: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 1, -1.5, '', 'filesystem', '80/tcp (db)', 'db:7', '2026-01-02T03:04:05Z'),
    fc.array(tie('answer'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(words, fc.string()), tie('answer'), { maxKeys: 4 }),
  ),
}));

test('whatever a command prints gives a value or one typed error', async () => {
  const commands = fc.constantFrom(...Object.keys(ASK));
  await fc.assert(
    fc.asyncProperty(commands, fc.oneof(answer, fc.jsonValue()), async (command, value) => {
      const runner = new ScriptedRunner({ [command]: JSON.stringify(value) });
      await ASK[command]?.(runner).catch((error: unknown) => {
        assert.equal((error as { code?: string }).code, 'bad-hook-command-answer');
      });
    }),
    { numRuns: 2000 },
  );
});

test('keys that objects inherit are keys like any other', async () => {
  const runner = new ScriptedRunner({ 'relation-get': '{"__proto__":"a","constructor":"b"}' });
  const settings = await relationGet(runner, {});
  assert.deepEqual(Object.entries(settings), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});

test('times are read as Go prints them, to the millisecond', () => {
  const times = fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, fc.stringMatching(/^\d{0,6}$/), fc.constantFrom('T', ' '), (time, more, between) => {
      const text = time.toISOString().replace('Z', `${more}Z`).replace('T', between);
      assert.deepEqual(date(text), time);
    }),
  );
  assert.deepEqual(date('2026-01-02T05:04:05+02:00'), new Date('2026-01-02T03:04:05Z'));
  for (const wrong of ['', 'soon', 7, null]) assert.throws(() => date(wrong), TypeError);
});

test('a count is a whole number, and not a negative one', () => {
  assert.equal(count(0), 0);
  for (const wrong of [-1, 1.5, '1', null, 2 ** 60]) assert.throws(() => count(wrong), TypeError);
});
