// `charmed node`: Node 24, to which all that follows is given, and which ends as if it had been started itself.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

function start(...args: readonly string[]) {
  return spawn(process.execPath, [...process.execArgv, BIN, 'node', ...args], { stdio: 'pipe' });
}

test('it is Node 24, and every option is its own', async () => {
  assert.match(await text(start('--version').stdout), /^v24\./);
  assert.equal(await text(start('-p', 'process.argv.slice(1).join()', '--', '--help', '-q').stdout), '--help,-q\n');
});

test('what it reads and with what it ends is as without us', async () => {
  const child = start('-e', 'process.stdin.on("data", (data) => process.exit(Number(data)))');
  child.stdin.end('7');
  assert.deepEqual(await once(child, 'exit'), [7, null]);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends it, once it has cleaned up`, async () => {
    const program = `process.once('${signal}', () => { console.log('cleaned up'); process.exit(${code}); });`;
    const child = start('-e', `${program} console.log('ready'); setInterval(() => undefined, 1000);`);
    const [exited, said] = [once(child, 'exit'), text(child.stdout.on('data', () => child.kill(signal)))];
    assert.deepEqual(await exited, [code, null]);
    assert.equal(await said, 'ready\ncleaned up\n');
  });
}
