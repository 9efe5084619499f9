import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fixtureTree } from './fixture.ts';
import { oversizedFiles } from './size.ts';

function repository(t: TestContext, lengths: Record<string, number>, ignored = ''): string {
  const files = Object.entries(lengths).map(([path, lines]) => [path, 'x\n'.repeat(lines)] as const);
  const root = fixtureTree(t, { ...Object.fromEntries(files), '.gitignore': ignored });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  return root;
}

test('files of the allowed length pass', (t) => {
  const root = repository(t, { 'a.ts': 500, 'a.test.ts': 800, 'test/flow.ts': 800, 'a_test.go': 800, 'b.md': 9000 });
  assert.deepEqual(oversizedFiles(root), []);
});

test('longer ones are named with their length and limit', (t) => {
  const root = repository(t, { 'a.ts': 501, 'a.test.ts': 801, 'tools/b.sh': 600 });
  const found = oversizedFiles(root).map((line) => line.replace(/;.*/, ''));
  assert.deepEqual(found.toSorted(), [
    'a.test.ts: 801 lines, at most 800 are allowed',
    'a.ts: 501 lines, at most 500 are allowed',
    'tools/b.sh: 600 lines, at most 500 are allowed',
  ]);
});

test('ignored, generated and deleted files do not count', (t) => {
  const root = repository(t, { 'dist/a.js': 900, 'charm.gen.ts': 900, 'gone.ts': 900 }, 'dist/\n');
  execFileSync('git', ['add', '.'], { cwd: root });
  rmSync(join(root, 'gone.ts'));
  assert.deepEqual(oversizedFiles(root), []);
});
