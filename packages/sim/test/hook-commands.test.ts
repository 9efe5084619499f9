// How Juju's hook commands answer, case by case: command line in; stdout, stderr and exit code out.
//
// The cases say where they come from. framework: Juju's published modules for arguments, formats and errors gave the text; source: read
// from the source of the command; assumed: neither, a hint. None was recorded from a running Juju.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runHookCommand, type HookContext } from '@charmed/sim/juju';
import { LIMITS } from './hook-commands/limits.ts';
import { scenarioDraft, scenarioOf } from './hook-commands/scenario.ts';

interface Case {
  readonly id: number;
  readonly provenance: 'framework' | 'source' | 'assumed';
  readonly scenario: string;
  /** Cases of one session run in order, in one hook. */
  readonly session?: string;
  readonly argv: readonly [string, ...string[]];
  readonly stdin?: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  readonly note?: string;
}

const CASES = new URL('hook-commands/', import.meta.url);
const dir = mkdtempSync(join(tmpdir(), 'charmed-cases-'));
after(() => rmSync(dir, { recursive: true }));
writeFileSync(join(dir, 'kv.yaml'), 'k1: one\nk2: "2"\n');

const sessions = new Map<string, HookContext>();

const cases = readdirSync(CASES)
  .filter((name) => name.endsWith('.json') && name !== 'scenarios.json')
  .toSorted()
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, CASES), 'utf8')) as readonly Case[]);

for (const each of cases) {
  test(`${each.id}: ${each.argv.join(' ')}`, () => {
    const limit = LIMITS.find(({ cases: excluded }) => excluded.includes(each.id));
    assert.deepEqual(differences(each), limit?.differs ?? [], limit?.reason);
  });
}

test('each case has an id of its own, and what is excluded are cases, each once', () => {
  const ids = cases.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const excluded = LIMITS.flatMap(({ cases: some }) => some);
  assert.deepEqual(
    excluded,
    [...new Set(excluded)].filter((id) => ids.includes(id)),
  );
});

function differences(each: Case) {
  const expected = { code: each.code, stderr: each.stderr, stdout: each.stdout };
  const actual = answer(each);
  return (['code', 'stderr', 'stdout'] as const).filter((part) => actual[part] !== expected[part]);
}

function answer({ scenario: name, session, argv, stdin }: Case) {
  const context = (session === undefined ? undefined : sessions.get(session)) ?? scenarioDraft(scenarioOf(name));
  if (session !== undefined) sessions.set(session, context);
  const [command, ...args] = argv.map((word) => word.replace('{workdir}', dir));
  const { stdout, ...others } = runHookCommand(context, command ?? '', args, { stdin, dir });
  return { ...others, stdout: command === 'secret-add' ? stdout.replace(/[0-9a-v]{20}/, '<xid>') : stdout };
}
