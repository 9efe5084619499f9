// `charmed check` as a user runs it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHARMCRAFT_YAML, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const CHARMCRAFT = `${CHARMCRAFT_YAML}parts: {charm: {plugin: dump, source: dist}}\n`;

async function project(charmcraft: string): Promise<Charmed> {
  const charmed = new Charmed();
  writeProject(charmed.directory, { 'charmcraft.yaml': charmcraft });
  await charmed.run('types');
  return charmed;
}

test('it tells each finding with its place, and fails for errors', async () => {
  await using charmed = await project(`${CHARMCRAFT}actions:\n  Do: {}\n`);
  const { code, stdout } = await charmed.run('check');
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^charmcraft\.yaml:9:3: error: action "Do": its name must be .* \[bad-name\]\n1 error, 0 warnings\n$/,
  );
});

test('warnings fail it only if that is asked for, and JSON is for programs', async () => {
  await using charmed = await project(`${CHARMCRAFT}config: {options: {a_b: {type: int}}}\n`);
  const { code, stdout } = await charmed.run('check', '--format', 'json');
  assert.equal(code, 0);
  const [finding] = JSON.parse(stdout) as readonly Record<string, unknown>[];
  assert.deepEqual(
    [finding?.['rule'], finding?.['severity'], finding?.['file']],
    ['naming', 'warning', 'charmcraft.yaml'],
  );
  assert.equal((await charmed.run('check', '--strict')).code, 1);
});

test('a folder without a charm is told', async () => {
  await using charmed = new Charmed();
  const { code, stderr } = await charmed.run('check', 'none');
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^charmed: cannot read none\/charmcraft\.yaml: it is not there\. Run this in the folder of a charm/,
  );
});
