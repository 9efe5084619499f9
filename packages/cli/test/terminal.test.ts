// What is only on a terminal: colours, a spinner, and Ctrl-C as it is typed there.

import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { until } from '../../sandbox/test/test-sandbox.ts';
import { CHARM_TS, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const BOLD = '\u001B[1m';
const CTRL_C = '\u0003';
const [HIDE_CURSOR, SHOW_CURSOR] = ['\u001B[?25l', '\u001B[?25h'];
const skip = !existsSync('/usr/bin/script') && 'needs script';

test('headings are bold, but not with NO_COLOR', { skip }, async () => {
  await using charmed = new Charmed();
  assert.ok((await shown(onTerminal(charmed, ['--help']))).includes(`${BOLD}Usage:`));
  charmed.environment['NO_COLOR'] = '1';
  assert.ok(!(await shown(onTerminal(charmed, ['--help']))).includes('\u001B['));
});

test('a spinner shows the steps, goes when all is done, and is not there with --quiet', { skip }, async () => {
  await using charmed = new Charmed();
  writeProject(charmed.directory);
  const pack = ['pack', '-p', 'host', '--runtime', 'none'];
  const output = await shown(onTerminal(charmed, pack));
  assert.ok(output.includes('packing'));
  assert.ok(output.lastIndexOf(SHOW_CURSOR) > output.lastIndexOf(HIDE_CURSOR), JSON.stringify(output));
  assert.match(output, /packed tiny_\w+\.charm \([\d.]+ MiB\), not run in [\d.]+ s\r\n/);
  assert.ok(!(await shown(onTerminal(charmed, [...pack, '--quiet']))).includes('packing'));
  assert.ok(!(await shown(onTerminal(charmed, pack, 0))).includes('packing'), 'there is no room for it');
});

test('Ctrl-C shows the cursor again, and leaves nothing behind', { skip }, async () => {
  await using charmed = new Charmed();
  const hanging = `(await import('node:fs')).writeFileSync('hanging', ''); await new Promise(() => setInterval(() => undefined, 1000));`;
  writeProject(charmed.path('project'), { 'src/charm.ts': `${hanging}\n${CHARM_TS}` });
  mkdirSync(charmed.path('tmp'));
  charmed.environment['TMPDIR'] = charmed.path('tmp');
  const terminal = onTerminal(charmed, ['pack', 'project', '-p', 'host', '-o', 'tmp']);
  const [output] = await Promise.all([
    text(terminal.stdout),
    once(terminal, 'exit').then(([code]) => assert.equal(code, 130)),
    until('the charm hangs', async () =>
      readdirSync(charmed.path('tmp'), { recursive: true }).join().includes('hanging'),
    ).then(() => terminal.stdin.write(CTRL_C)),
  ]);
  assert.ok(output.lastIndexOf(SHOW_CURSOR) > output.lastIndexOf(HIDE_CURSOR), JSON.stringify(output));
  assert.deepEqual(readdirSync(charmed.path('tmp')), []);
});

/** @param columns 0 is a terminal that was never told its width, as `script` makes it. */
function onTerminal(charmed: Charmed, args: readonly string[], columns = 100): ChildProcessWithoutNullStreams {
  const command = [process.execPath, ...process.execArgv, charmed.program, ...args].join(' ');
  const env = {
    PATH: '/usr/bin:/bin',
    TERM: 'xterm',
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    ...charmed.environment,
  };
  const run = `stty cols ${columns}; exec ${command}`;
  return spawn('script', ['-qec', run, '/dev/null'], { cwd: charmed.directory, env });
}

async function shown(terminal: ChildProcessWithoutNullStreams): Promise<string> {
  const [output, [code]] = await Promise.all([text(terminal.stdout), once(terminal, 'exit')]);
  assert.equal(code, 0, output);
  return output;
}
