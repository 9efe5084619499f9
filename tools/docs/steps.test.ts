import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsOf } from './steps.ts';

const fence = '```';

test('what a page has its reader do, in order', () => {
  const page = `# Title\n${fence}sh\nls\nls -l\n${fence}\n${fence}text\nout\n\n  more\n${fence}\n${fence}ts a.ts\ncode\n${fence}\n${fence}diff src/a.ts\n-a\n\n+b\n${fence}\n${fence}sh fails\nrm\n${fence}\n`;
  assert.deepEqual(stepsOf(page), [
    { line: 2, kind: 'type', commands: ['ls', 'ls -l'], fails: false },
    { line: 6, kind: 'compare', lines: ['out', '  more'] },
    { line: 14, kind: 'change', file: 'src/a.ts', diff: '-a\n\n+b\n' },
    { line: 19, kind: 'type', commands: ['rm'], fails: true },
  ]);
});
