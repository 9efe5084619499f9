// The same transitions in Scenario and here: output states, histories and errors are the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testWithPeers } from '../peers.ts';
import type { Result } from './case.ts';
import { consistencyCases } from './cases/consistency.ts';
import { containerCases } from './cases/containers.ts';
import { comparable, details, inScenario } from './compare.ts';
import { DIFFERENCES } from './differences.ts';
import { lifecycleCases } from './cases/lifecycle.ts';
import { ONE_SIDED } from './cases/one-sided.ts';
import { relationCases } from './cases/relations.ts';
import { secretCases } from './cases/secrets.ts';
import { runCase } from './run-case.ts';

const CASES = [...lifecycleCases, ...relationCases, ...containerCases, ...secretCases, ...consistencyCases];

const DIFFERING = [...DIFFERENCES, ONE_SIDED].flatMap(({ name, cases }) =>
  cases.map((each) => ({ ...each, difference: name })),
);

/** How many Scenario's checker has. */
const RULES = 51;

void test('there are 150 transitions, each with a name of its own', () => {
  assert(CASES.length >= 150, `${CASES.length}`);
  assert.equal(new Set(CASES.map(({ name }) => name)).size, CASES.length);
});

void test('there are no more than 10 differences, each of them shown', () => {
  assert(DIFFERENCES.length <= 10, `${DIFFERENCES.length}`);
  const names = DIFFERING.map(({ transition }) => transition.name);
  assert.equal(new Set([...CASES.map(({ name }) => name), ...names]).size, CASES.length + names.length);
  for (const { name, cases } of DIFFERENCES) assert(cases.length > 0, name);
});

void test('each rule of consistency that is broken is told of, alone, with what to change', async () => {
  for (const broken of consistencyCases) {
    const { error, findings } = await runCase(broken);
    if (error === undefined) continue;
    assert.equal((findings as readonly string[]).length, 1, `${broken.name}: ${JSON.stringify(findings)}`);
    assert.match(String(findings), /: \w+/, broken.name);
  }
});

void test('each rule has a case', () => {
  const cases = [...consistencyCases, ...DIFFERING.map(({ transition }) => transition)];
  const numbers = new Set(cases.map(({ name }) => Number(/^rule (\d+): /.exec(name)?.[1])));
  const all = Array.from({ length: RULES }, (_, index) => index + 1);
  assert.deepEqual(
    all.filter((number) => !numbers.has(number)),
    [],
  );
});

testWithPeers('transitions end as in Scenario', ['python'], async (t) => {
  const all = [...CASES, ...DIFFERING.map(({ transition }) => transition)];
  const [theirs, ours] = await Promise.all([inScenario(all), Promise.all(all.map(runCase))]);
  for (const [index, { name }] of CASES.entries()) {
    await t.test(name, () =>
      assert.deepEqual(comparable(ours[index]), comparable(theirs[index]), details(ours[index], theirs[index])),
    );
  }
  for (const [index, { difference, transition, scenario, here }] of DIFFERING.entries()) {
    await t.test(`${difference}: ${transition.name}`, () => {
      scenario(theirs[CASES.length + index] as Result);
      here(ours[CASES.length + index] as Result);
    });
  }
});
