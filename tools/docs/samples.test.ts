import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplesOf } from './samples.ts';

const fence = '```';

test('blocks of one file come together, each line where it is on the page', () => {
  const page = `# Title\n${fence}ts src/a.ts\none\n${fence}\ntext\n${fence}ts src/b.ts\nother\n${fence}\n${fence}ts src/a.ts\ntwo\n${fence}\n`;
  assert.deepEqual(
    samplesOf(page),
    new Map([
      ['src/a.ts', '\n\none\n\n\n\n\n\n\ntwo\n'],
      ['src/b.ts', '\n\n\n\n\n\nother\n'],
    ]),
  );
});

test('what is typed and printed is no file', () => {
  assert.equal(samplesOf(`${fence}sh fails\nls\n${fence}\n${fence}\nout\n${fence}\n`).size, 0);
  assert.equal(samplesOf(`${fence}diff a.ts\n-a\n+b\n${fence}\n`).size, 0);
});

test('code that names no file is refused with its line, and so is an open end', () => {
  assert.throws(() => samplesOf(`\n${fence}ts\ncode\n${fence}\n`), /^Error: line 2: the block of ts names no file/);
  assert.throws(() => samplesOf(`${fence}ts a.ts\ncode\n`), /does not end/);
});
