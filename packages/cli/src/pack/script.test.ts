import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { scriptMapOf, scriptOf } from './script.ts';

async function outputOf(module: string): Promise<{ readonly printed: string; readonly path: string }> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-script-'));
  const path = join(directory.path, 'bundle.cjs');
  await writeFile(path, scriptOf(module));
  return { printed: execFileSync(process.execPath, [path], { encoding: 'utf8' }), path };
}

test('a module behaves the same as a script', async () => {
  const { printed } = await outputOf(`
    import { format, inspect as show } from 'node:util';
    export const one = 1;
    export class A {}
    export { format };
    await new Promise(setImmediate);
    console.log(format('%d', one), show(new A()), this, typeof require, typeof module, typeof exports);
    try { undeclared = 1 } catch (error) { console.log(error.name) }
  `);
  assert.equal(printed, '1 A {} undefined undefined undefined undefined\nReferenceError\n');
});

test('it knows where it is', async () => {
  const { printed, path } = await outputOf('console.log(import.meta.url, import.meta.filename)');
  assert.equal(printed, `${pathToFileURL(path).href} ${path}\n`);
});

test('what it throws is told without the line that it stands on, and it has failed', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'charmed-script-'));
  const path = join(directory.path, 'bundle.cjs');
  await writeFile(path, scriptOf("setInterval(()=>{},1000);throw new Error('here')"));
  const { status, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^Error: here\n {4}at .*bundle\.cjs:2:32/);
});

test('its source map is that of the module, a line further down', () => {
  const module = "export const a=import.meta.url;throw new Error('here')";
  const map = { version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA,+BAEG', file: '' };
  const script = scriptOf(module).split('\n');
  const line = script.findIndex((text) => text.includes('throw'));
  const origin = new SourceMap(JSON.parse(scriptMapOf(JSON.stringify(map)))).findOrigin(
    line + 1,
    (script[line] ?? '').indexOf('throw') + 1,
  );
  assert.ok('fileName' in origin);
  assert.deepEqual([origin.fileName, origin.lineNumber], ['a.ts', 3]);
});
