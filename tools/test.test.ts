import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { fixtureTree } from './checks/fixture.ts';

// The environment of this test file would tell the inner run that it is part of a run already.
const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };

async function runOf(t: TestContext, files: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const folder = fixtureTree(t, { 'package.json': '{ "type": "module" }', ...files });
  const args = [join(import.meta.dirname, 'test.ts'), folder];
  const { code = 0, stdout } = (await promisify(execFile)(process.execPath, args, { env: environment }).catch(
    (failure: { code: number; stdout: string }) => failure,
  )) as { code?: number; stdout: string };
  return { code, lines: stdout.trim().split('\n') };
}

const importing = "import { describe, test } from 'node:test';\n";

test('nested tests count, suites do not', async (t) => {
  const { code, lines } = await runOf(t, {
    'a.test.ts': `${importing}describe('s', () => { test('a', () => {}); test('b', () => {}); });`,
    'b/c.test.ts': `${importing}test('c', () => {});`,
  });
  assert.equal(lines.at(-1), '3 passed, 0 failed');
  assert.equal(code, 0);
});

test('a failure shows its reason and what the file printed', async (t) => {
  const { code, lines } = await runOf(t, {
    'a.test.ts': `${importing}test('a', () => { console.log('seen'); throw new Error('broken'); });`,
  });
  assert.ok(lines.includes('seen') && lines.some((line) => line.startsWith('Error: broken')), lines.join('\n'));
  assert.equal(lines.at(-1), '0 passed, 1 failed');
  assert.equal(code, 1);
});

test('a skipped test is told with its reason', async (t) => {
  const { lines } = await runOf(t, {
    'a.test.ts': `${importing}test('a', { skip: 'no Go here' }, () => {}); test('b', () => {});`,
  });
  assert.ok(
    lines.some((line) => line.endsWith('a.test.ts:2 a: no Go here')),
    lines.join('\n'),
  );
  assert.equal(lines.at(-1), '1 passed, 0 failed, 1 skipped');
});

test('a file that crashes or holds no test has failed', async (t) => {
  const { code, lines } = await runOf(t, { 'a.test.ts': "throw new Error('on import');", 'b.test.ts': '' });
  assert.equal(lines.at(-1), '0 passed, 2 failed');
  assert.equal(code, 1);
});

test('a run without any test has failed', async (t) => {
  const { code, lines } = await runOf(t, {});
  assert.equal(lines.at(-1), '0 passed, 0 failed');
  assert.equal(code, 1);
});
