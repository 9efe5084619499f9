// What the types of a charm cost the compiler, in type instantiations, which no machine changes: those of a charm without metadata of its
// own are not counted.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readCharmcraft, renderTypes } from '@charmed/cli';
import { hugeCharm, hugeCharmcraft } from './huge-charm.ts';

const ROOT = join(import.meta.dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'charmed-types-'));
after(() => rmSync(directory, { recursive: true, force: true }));

// Recorded: 774 for the guestbook, 36,000 for the huge one. A few more lines of the guestbook may cost something.
const GUESTBOOK_MOST = 1200;
const HUGE_MOST = 50_000;

let untyped = 0;

before(async () => {
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  const charm = "import { CharmBase } from '@charmed/ops';\nexport class Charm extends CharmBase {}\n";
  // From source, the compiler also checks the modules of our own packages, which users get compiled.
  const pebble = "export type { Layer } from '@charmed/ops/pebble';\n";
  untyped = await instantiations('untyped', { 'charm.ts': charm, 'pebble.ts': pebble });
});

test('the guestbook costs next to nothing', async () => {
  cpSync(join(ROOT, 'examples/guestbook-k8s/src'), join(directory, 'guestbook'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  });
  const cost = (await instantiations('guestbook', {})) - untyped;
  assert.ok(cost > 0 && cost <= GUESTBOOK_MOST, `${cost} instantiations`);
});

test('a charm that declares more than any real one stays cheap, and its types are right', async () => {
  mkdirSync(join(directory, 'huge'));
  writeFileSync(join(directory, 'huge/charmcraft.yaml'), hugeCharmcraft());
  const types = renderTypes(await readCharmcraft(join(directory, 'huge')));
  const cost = (await instantiations('huge', { 'charm.gen.ts': types, 'charm.ts': hugeCharm() })) - untyped;
  assert.ok(cost > 0 && cost <= HUGE_MOST, `${cost} instantiations`);
});

async function instantiations(name: string, files: Readonly<Record<string, string>>): Promise<number> {
  mkdirSync(join(directory, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, name, file), text);
  const config = join(directory, `${name}.json`);
  writeFileSync(config, JSON.stringify({ extends: join(ROOT, 'tsconfig.base.json'), include: [`${name}/*.ts`] }));
  // One checker: with several the counts depend on what each of them meets.
  const args = ['-p', config, '--extendedDiagnostics', '--singleThreaded'];
  const { code, stdout } = await run(join(ROOT, 'node_modules/.bin/tsc'), args);
  assert.equal(code, 0, stdout);
  return Number(/^Instantiations: +(\d+)$/m.exec(stdout)?.[1]);
}

async function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string }> {
  return await new Promise((resolve) => {
    execFile(program, args, (error, stdout) => resolve({ code: error === null ? 0 : Number(error.code), stdout }));
  });
}
