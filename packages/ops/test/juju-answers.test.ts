// What is known of Juju's own answers (the cases that the simulated Juju is held against) is read, and its refusals are told apart.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  actionGet,
  configGet,
  goalState,
  isLeader,
  networkGet,
  openedPorts,
  relationApplication,
  relationGet,
  relationList,
  secretGet,
  secretIds,
  secretInfoGet,
  stateGet,
  statusGet,
  storageGet,
  storageList,
  type HookRunner,
} from '../src/hook-commands.ts';
import { tell } from '../src/hookcmds/command.ts';
import { HookCommandError } from '../src/hookcmds/command-error.ts';
import { ScriptedRunner } from './scripted-runner.ts';

interface Case {
  readonly id: number;
  readonly argv: readonly [string, ...string[]];
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const directory = new URL('../../sim/test/hook-commands/', import.meta.url);
const cases = readdirSync(directory)
  .filter((name) => name.endsWith('.json') && name !== 'scenarios.json')
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as readonly Case[]);

/** Ours for the command lines of the cases; what they are asked with does not matter here, only what becomes of the answer. */
const READERS: Readonly<Record<string, (runner: HookRunner, operands: readonly string[]) => Promise<unknown>>> = {
  'action-get': (runner, [key]) => (key === undefined ? actionGet(runner) : actionGet(runner, key)),
  'config-get': (runner, [key]) => (key === undefined ? configGet(runner) : configGet(runner, key)),
  'goal-state': (runner) => goalState(runner),
  'is-leader': (runner) => isLeader(runner),
  'network-get': (runner) => networkGet(runner, 'db'),
  'opened-ports': (runner) => openedPorts(runner),
  'relation-get': (runner, [key = '-']) => (key === '-' ? relationGet(runner, {}) : relationGet(runner, { key })),
  'relation-list': (runner) => relationList(runner),
  'relation-list --app': (runner) => relationApplication(runner),
  'secret-get': (runner) => secretGet(runner, { label: 'x' }),
  'secret-ids': (runner) => secretIds(runner),
  'secret-info-get': (runner) => secretInfoGet(runner, { label: 'x' }),
  'state-get': (runner, [key]) => (key === undefined ? stateGet(runner) : stateGet(runner, key)),
  'status-get': (runner) => statusGet(runner),
  'status-get --application': (runner) => statusGet(runner, { app: true }),
  'storage-get': (runner) => storageGet(runner),
  'storage-list': (runner) => storageList(runner),
};

/** Their answers are handed on as they are, but that Go prints what is empty as null. */
const AS_IS: ReadonlySet<string> = new Set([
  'action-get',
  'config-get',
  'is-leader',
  'relation-get',
  'relation-list',
  'relation-list --app',
  'secret-get',
  'secret-ids',
  'state-get',
  'storage-list',
]);

// `storage-get` is never asked for one field.
function isJson({ argv, code }: Case): boolean {
  if (code !== 0 || !(argv[0] in READERS) || argv.includes('kind')) return false;
  return argv.join(' ').replace('--format json', '--format=json').includes('--format=json');
}

function readerOf({ argv: [command, ...args] }: Case): string {
  const flag = ['--app', '--application'].find((name) => args.includes(name) && `${command} ${name}` in READERS);
  return flag === undefined ? command : `${command} ${flag}`;
}

/** What is neither a flag nor the value of one, for the commands whose first operand is a key. */
function operandsOf({ argv: [, ...args] }: Case): readonly string[] {
  return args.filter(
    (arg, index) => !arg.startsWith('--') && arg !== '-r' && !['-r', '--format'].includes(args[index - 1] ?? ''),
  );
}

test('there are cases', () => {
  assert.ok(cases.length > 200);
  assert.ok(cases.filter(isJson).length > 30);
});

for (const each of cases.filter(isJson)) {
  test(`case ${each.id}, ${each.argv.join(' ')}, is read`, async () => {
    const name = readerOf(each);
    const read = READERS[name];
    assert.ok(read);
    const runner = new ScriptedRunner({ [each.argv[0]]: each.stdout });
    const value = await read(runner, operandsOf(each));
    const answer: unknown = JSON.parse(each.stdout);
    if (AS_IS.has(name) && answer !== null) assert.deepEqual(value, answer);
    assert.equal(runner.calls.length, 1);
  });
}

const CODES: readonly (readonly [stderr: RegExp, code: string])[] = [
  [/relation not found/, 'relation-not-found'],
  [/secret .*not found/, 'secret-not-found'],
  [/not the leader|cannot write relation settings/, 'not-leader'],
  [/permission denied/, 'permission-denied'],
  [/quota limit exceeded/, 'quota-exceeded'],
  [/not running an action/, 'not-in-action'],
];

for (const each of cases.filter(({ code }) => code !== 0)) {
  const [command, ...args] = each.argv;
  test(`case ${each.id}, ${command}: ${JSON.stringify(each.stderr.trim())}`, async () => {
    const runner = new ScriptedRunner({ [command]: { code: each.code, stderr: each.stderr } });
    const expected = CODES.find(([stderr]) => stderr.test(each.stderr))?.[1] ?? 'hook-command-failed';
    await assert.rejects(
      async () => tell(runner, command, args),
      (error: Error) =>
        error instanceof HookCommandError &&
        error.code === expected &&
        error.exitCode === each.code &&
        !error.stderr.startsWith('ERROR') &&
        error.message.includes(error.stderr),
    );
  });
}
