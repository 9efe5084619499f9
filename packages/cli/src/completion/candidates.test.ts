// What is offered where, without a shell.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeProgram } from '../program.ts';
import { candidatesFor, type ValuesOf } from './candidates.ts';

/** Every argument and option that takes anything has two values. */
const valuesOf: ValuesOf = async (of) => [`${of.name()}-1`, `${of.name()}-2`];

async function offered(line: string): Promise<string> {
  const candidates = await candidatesFor(await wholeProgram(), line.split(' '), valuesOf);
  return candidates.map(({ value }) => value).join(' ');
}

const offers: Readonly<Record<string, string>> = {
  pa: 'pack',
  '--quiet pa': 'pack',
  nothing: '',
  'sandbox dest': 'destroy',
  'sandbox --model other dest': 'destroy',
  'sandbox --model=other dest': 'destroy',
  'sandbox --mod': '--model',
  'sandbox run --form': '--format',
  'sandbox status --format ': 'tabular json',
  'check --format j': 'json',
  'check --format=j': '--format=json',
  'check -- --format=j': '',
  'pack --platform ': 'platform-1 platform-2',
  'pack --platform=platform-2': '--platform=platform-2',
  'pack -p ': 'platform-1 platform-2',
  'pack -p host d': 'dir-1 dir-2',
  'pack --analyse d': 'dir-1 dir-2',
  'pack --quiet d': 'dir-1 dir-2',
  'pack one d': '',
  'sandbox relate ': 'application[:endpoint]-1 application[:endpoint]-2',
  'sandbox run u': 'unit-1 unit-2',
  'sandbox run u a': 'action-1 action-2',
  'sandbox resolved u u u': 'unit-1 unit-2',
  'completion z': 'zsh',
};

for (const [line, expected] of Object.entries(offers)) {
  test(`charmed ${line}|`, async () => assert.equal(await offered(line), expected));
}

test('where there is no value to offer, the shell offers files', async () => {
  assert.deepEqual(await candidatesFor(await wholeProgram(), ['sandbox', 'deploy', ''], async () => undefined), []);
});

test('commands and options are described', async () => {
  const [pack, ...others] = await candidatesFor(await wholeProgram(), ['pack'], valuesOf);
  assert.deepEqual([pack?.description, others], ['pack the charm into files that Juju deploys', []]);
});
