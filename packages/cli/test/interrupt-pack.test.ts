// Ctrl-C while `charmed pack` is at work: no part of a charm, no temporary file and no process stays.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../../sandbox/test/test-sandbox.ts';
import { CHARM_TS, writeProject } from './charm-project.ts';
import { Charmed } from './run-charmed.ts';

const HANGING = `import { writeFileSync } from 'node:fs';
writeFileSync('hanging', String(process.pid));
await new Promise(() => setInterval(() => undefined, 1000));
${CHARM_TS}`;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  test(`${signal} while the charm is tried out`, async () => {
    await using charmed = new Charmed();
    setUp(charmed, { 'src/charm.ts': HANGING });
    const pack = charmed.start('pack', 'project', '--platform', 'host', '--output', 'out');
    const exited = once(pack, 'exit');
    const charm = await hangingCharm(charmed.path('tmp'));
    pack.kill(signal);
    assert.deepEqual(await exited, [code, null]);
    assert.deepEqual(temporaryFiles(charmed), []);
    assert.deepEqual(files(charmed.path('out')), []);
    await until('the charm has ended', async () => !existsSync(`/proc/${charm}`));
  });
}

test('SIGINT while the charm is written leaves all of it or nothing', async () => {
  await using charmed = new Charmed();
  setUp(charmed);
  const pack = charmed.start('pack', 'project', '--platform', 'host', '--output', 'out');
  using _ = watched(charmed.path('out'), () => pack.kill('SIGINT'));
  const [code] = await once(pack, 'exit');
  const left = files(charmed.path('out'));
  if (code === 0) assert.match(left.join(), /^tiny_\w+\.charm$/); // it was quicker
  else assert.deepEqual([code, left.filter((file) => !file.endsWith('.charm'))], [130, []]);
  assert.deepEqual(temporaryFiles(charmed), []);
});

/** Temporary files have a folder of their own. */
function setUp(charmed: Charmed, project: Readonly<Record<string, string>> = {}): void {
  writeProject(charmed.path('project'), project);
  charmed.environment['TMPDIR'] = charmed.path('tmp');
  charmed.environment['NODE_COMPILE_CACHE'] = join(tmpdir(), 'node-compile-cache');
  mkdirSync(charmed.path('tmp'));
  mkdirSync(charmed.path('out'));
}

function temporaryFiles(charmed: Charmed): readonly string[] {
  return readdirSync(charmed.path('tmp'));
}

/** The process of the charm. */
async function hangingCharm(temporary: string): Promise<string> {
  let charm = '';
  await until('the charm hangs', async () => {
    const marker = files(temporary).find((file) => file.endsWith('hanging'));
    charm = marker === undefined ? '' : readFileSync(join(temporary, marker), 'utf8');
    return charm !== '';
  });
  return charm;
}

function watched(path: string, onChange: () => void): Disposable {
  const watcher = watch(path, onChange);
  return { [Symbol.dispose]: () => watcher.close() };
}

function files(path: string): readonly string[] {
  return readdirSync(path, { recursive: true }).map(String);
}
