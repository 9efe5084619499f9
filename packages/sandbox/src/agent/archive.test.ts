import assert from 'node:assert/strict';
import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TextReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import { CharmError, expandArchive } from './archive.ts';
import { readCharm } from './charm.ts';

interface Packed {
  readonly name: string;
  readonly text: string;
  readonly options?: ZipWriterAddDataOptions;
}
const file = (name: string, text: string, options: ZipWriterAddDataOptions = { unixMode: 0o644 }): Packed => ({
  name,
  text,
  options,
});
const link = (name: string, target: string): Packed => file(name, target, { unixMode: 0o120777 });

test('files, modes, directories and symbolic links come out as they were packed', async (t) => {
  const { archive, target, cache } = await packed(t, [
    file('metadata.yaml', 'name: web'),
    file('dispatch', '#!/bin/sh', { unixMode: 0o755 }),
    file('src/big', 'x'.repeat(3_000_000)),
    link('src/link', '../dispatch'),
  ]);
  for (const path of [target, `${target}-again`]) {
    await expandArchive(archive, path, cache);
    assert.equal(await readFile(join(path, 'src/big'), 'utf8'), 'x'.repeat(3_000_000));
    assert.equal((await stat(join(path, 'dispatch'))).mode & 0o777, 0o755);
    assert.equal((await stat(join(path, 'metadata.yaml'))).mode & 0o777, 0o644);
    assert.equal(await readlink(join(path, 'src/link')), '../dispatch');
  }
});

test('what would leave the charm is refused, and leaves nothing behind', async (t) => {
  const evil: Packed[][] = [
    [file('../evil', 'x')],
    [file('/evil', 'x')],
    [link('link', '/etc/passwd')],
    [link('link', '../outside')],
    [link('dir', 'elsewhere'), file('elsewhere/a', 'x'), file('dir/b', 'x')],
  ];
  for (const files of evil) {
    const { archive, target, cache } = await packed(t, files);
    await assert.rejects(expandArchive(archive, target, cache), { code: 'bad-archive' });
    await assert.rejects(stat(target));
  }
});

test('a file that is no archive, or a damaged one, is refused', async (t) => {
  const { archive, target, cache } = await packed(t, [file('a', 'text '.repeat(100), { level: 0 })]);
  const bytes = await readFile(archive);
  bytes.write('TEXT', bytes.indexOf('text '));
  await writeFile(archive, bytes);
  await assert.rejects(expandArchive(archive, target, cache), { code: 'bad-archive' });
  await writeFile(archive, 'no zip');
  const noCharm = /it is no \.charm file; `charmed pack` makes one of a project$/;
  await assert.rejects(expandArchive(archive, target, cache), { code: 'bad-archive', message: noCharm });
  await assert.rejects(readCharm(tmpdir()), noCharm);
  await assert.rejects(readCharm(join(tmpdir(), 'no-such.charm')), /there is no such file/);
});

test('a charm is read with its config and actions, and must be able to run', async (t) => {
  const metadata = file('metadata.yaml', 'name: web\nsummary: s\n');
  const dispatch = file('dispatch', '#!/bin/sh', { unixMode: 0o755 });
  const whole = await packed(t, [
    metadata,
    dispatch,
    file('config.yaml', 'options: {a: {type: int}}'),
    file('actions.yaml', 'go: {}'),
  ]);
  assert.deepEqual(await readCharm(whole.archive), {
    name: 'web',
    summary: 's',
    config: { options: { a: { type: 'int' } } },
    actions: { go: {} },
  });
  const refused = async (files: Packed[], message: RegExp) => {
    const { archive } = await packed(t, files);
    await assert.rejects(readCharm(archive), (error) => error instanceof CharmError && message.test(error.message));
  };
  await refused([dispatch], /has no metadata.yaml/);
  await refused([metadata], /neither a dispatch file nor hooks/);
  await refused([metadata, file('dispatch', '', { unixMode: 0o644 })], /dispatch is not executable/);
  await refused([metadata, file('dispatch', '', { msDosCompatible: true })], /dispatch is not executable/);
  await refused([file('metadata.yaml', 'summary: s'), dispatch], /has no name/);
  await refused([file('metadata.yaml', '{'), dispatch], /cannot read metadata.yaml/);
});

async function packed(
  t: { after(fn: () => Promise<void>): void },
  files: readonly Packed[],
): Promise<{ archive: string; target: string; cache: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'archive-test-'));
  t.after(async () => await rm(directory, { recursive: true, force: true }));
  const zip = new ZipWriter(new Uint8ArrayWriter());
  for (const { name, text, options } of files) await zip.add(name, new TextReader(text), options);
  const archive = join(directory, 'test.charm');
  await writeFile(archive, await zip.close());
  return { archive, target: join(directory, 'out'), cache: join(directory, 'cache') };
}
