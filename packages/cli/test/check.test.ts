// `charmed check` as a user runs it.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Charmed } from './run-charmed.ts';

const CHARMCRAFT = 'name: web\ntype: charm\nsummary: A\ndescription: B\nactions:\n  do_it: {}\n';

test('it tells each finding with its place, and fails for errors', async () => {
  await using charmed = new Charmed();
  await writeFile(charmed.path('charmcraft.yaml'), CHARMCRAFT.replace('do_it', 'Do'));
  const { code, stdout } = await charmed.run('check');
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^charmcraft\.yaml:6:3: error: action "Do": its name must be .* \[bad-name\]\n1 errors, 0 warnings\n$/,
  );
});

test('warnings fail it only if that is asked for, and JSON is for programs', async () => {
  await using charmed = new Charmed();
  await writeFile(
    charmed.path('charmcraft.yaml'),
    CHARMCRAFT.replace('actions', 'config: {options: {a_b: {type: int}}}\nactions').replace('do_it', 'do'),
  );
  await charmed.run('types');
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
  assert.match(stderr, /^charmed: cannot read none\/charmcraft\.yaml\. Run this in the folder of a charm/);
});
