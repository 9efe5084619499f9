// What a command prints on a terminal is there for whoever comes later, also when it has ended by then.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setImmediate as nextRound } from 'node:timers/promises';
import { test } from 'node:test';
import { openTerminal } from './terminal.ts';

test('output that nobody has read when the command ends is kept', async () => {
  const { child, output } = await openTerminal(
    {
      words: ['/bin/echo', 'late'],
      environment: { PATH: '/usr/bin:/bin' },
      cwd: undefined,
      owner: undefined,
      stdin: undefined,
      stderr: undefined,
    },
    { interactive: true, size: undefined },
  );
  if (child.exitCode === null) await once(child, 'exit');
  await nextRound();
  assert.equal(await text(output), 'late\r\n');
});
