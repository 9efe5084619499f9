// The log, as it is and as it grows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '@charmed/sandbox';
import type { ShellCharm } from './shell-charm.ts';
import { TestSandbox, until } from './test-sandbox.ts';

const LINES = 5000;
const TALKER: ShellCharm = {
  metadata: { name: 'talker' },
  actions: { talk: {} },
  dispatch: `[ "$JUJU_DISPATCH_PATH" != actions/talk ] || seq ${LINES}`,
};

test('who follows the log gets every line, in order, however many come at once', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(TALKER);
  await sandbox.untilStarted('talker/0');
  const followed: LogLine[] = [];
  const ended = new AbortController();
  const params = { limit: 1, follow: true, units: [] };
  const options = { onEvent: (line: LogLine) => followed.push(line), signal: ended.signal };
  const following = sandbox.call('log', params, options).catch((error: unknown) => error);
  await until('the log is followed', async () => followed.length > 0);
  await sandbox.call('run', { unit: 'talker/0', action: 'talk', params: {} });
  await until('all has been told', async () => followed.some(({ message }) => message.startsWith('ran "talk"')));
  ended.abort(new Error('enough'));
  assert.match(String(await following), /enough/);
  const told = followed.filter(({ module }) => module === 'unit.talker/0.talk').map(({ message }) => message);
  assert.deepEqual(
    told,
    Array.from({ length: LINES }, (_, index) => String(index + 1)),
  );
});

test('the last lines of some units are theirs, under either of their names', async () => {
  await using sandbox = await TestSandbox.start();
  await sandbox.deploy(TALKER, { units: 2 });
  for (const unit of ['talker/0', 'talker/1']) await sandbox.untilStarted(unit);
  await sandbox.call('run', { unit: 'talker/1', action: 'talk', params: {} });
  for (const unit of ['talker/0', 'unit-talker-0']) {
    const lines: LogLine[] = [];
    const params = { limit: 2, follow: false, units: [unit] };
    await sandbox.call('log', params, { onEvent: (line) => lines.push(line) });
    assert.deepEqual(
      lines.map(({ entity, message }) => [entity, message.replace(/ hook .*/, '')]),
      [
        ['unit-talker-0', 'ran "config-changed"'],
        ['unit-talker-0', 'ran "start"'],
      ],
    );
  }
});
