// `@charmed/testing` as charm authors install it, in the test runners that they use.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { peerPath, testWithPeers } from '../peers.ts';
import { buildPackages, userProject } from './user-project.ts';

const PASSING = readFileSync(join(import.meta.dirname, 'project/test/passes.ts'), 'utf8').match(/^test\(/gm)?.length;

const workspace = buildPackages();
after(async () => rmSync(await workspace, { recursive: true }));

void test('node:test', async () => {
  const project = userProject(await workspace, undefined);
  const output = await outputOf(project, ['--test', '--test-reporter=spec']);
  assert.match(output, new RegExp(`^ℹ pass ${PASSING}\nℹ fail 3$`, 'm'), output);
  requireDetails(output);
});

testWithPeers('vitest', ['vitest'], async () => {
  const output = await outputOf(userProject(await workspace, 'vitest'), [peerPath('vitest'), 'run']);
  assert.match(output, new RegExp(`Tests +3 failed \\| ${PASSING} passed`), output);
  requireDetails(output);
});

testWithPeers('jest', ['jest'], async () => {
  const project = userProject(await workspace, '@jest/globals', {
    'babel.config.json': { presets: ['@babel/preset-typescript'] },
    'jest.config.json': { extensionsToTreatAsEsm: ['.ts'], cacheDirectory: '<rootDir>/.cache' },
  });
  const output = await outputOf(project, ['--experimental-vm-modules', peerPath('jest')]);
  assert.match(output, new RegExp(`Tests: +3 failed, ${PASSING} passed`), output);
  requireDetails(output);
});

/** What a developer has to see of the three tests that fail. */
function requireDetails(output: string): void {
  assert.match(output, /^\s*-\s+"?message"?: ['"]sql:\/\/other['"],?$/m, `no diff\n${output}`);
  assert.match(output, /^\s*\+\s+"?message"?: ['"]sql:\/\/db['"],?$/m, `no diff\n${output}`);
  assert.match(output, /charm\.#onForget for forget-action did not await unit\.setPorts/, output);
  const forgotten = lineOf('the line of the forgotten await');
  assert.match(output, new RegExp(`src/charm\\.ts:${forgotten}:`), `no line of the forgotten await\n${output}`);
  const crash = lineOf('the line of the crash');
  assert.match(
    output,
    new RegExp(`RangeError: crashed[^]*src/charm\\.ts:${crash}:`),
    `no line of the crash\n${output}`,
  );
}

function lineOf(comment: string): number {
  const lines = readFileSync(join(import.meta.dirname, 'project/src/charm.ts'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(comment)) + 1;
}

async function outputOf(project: string, args: readonly string[]): Promise<string> {
  const environment = { PATH: process.env['PATH'], NO_COLOR: '1' };
  const runner = spawn(process.execPath, args, { cwd: project, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const outputs = await Promise.all([text(runner.stdout), text(runner.stderr)]);
  return stripVTControlCharacters(outputs.join('\n'));
}
