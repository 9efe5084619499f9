// The reference of the rules of `charmed check` says what the code says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES } from '@charmed/cli';
import { stricter } from '../conformance/charmcraft-yaml/differences.ts';

const page = readFileSync(join(import.meta.dirname, 'reference/check-rules.md'), 'utf8');

test('the table has all rules', () => {
  const rows = Object.entries(RULES).map(
    ([name, { severity, meaning, mend }]) => `| \`${name}\` | ${severity} | ${meaning} | ${mend} |`,
  );
  const table = ['| rule | severity | what it means | how to mend it |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  assert.ok(page.includes(`\n\n${table}\n\n`), `the table is to be:\n${table}`);
});

test('the differences from charmcraft and Juju are those that the referees confirm', () => {
  const list = Object.keys(stricter)
    .map((difference) => `- ${difference}`)
    .join('\n');
  assert.ok(page.includes(`\n\n${list}\n\n`), `the list is to be:\n${list}`);
});
