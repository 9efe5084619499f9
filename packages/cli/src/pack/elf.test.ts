import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, readElf } from './elf.ts';

const node = readFileSync(process.execPath);

test('Node needs what every Ubuntu has', () => {
  const elf = readElf(node);
  assert.equal(elf?.architecture, process.arch === 'arm64' ? 'arm64' : 'amd64');
  assert.ok(elf.libraries.includes('libc.so.6'));
  assert.ok(!elf.libraries.includes('libatomic.so.1'));
  assert.match(elf.glibc ?? '', /^2\.\d+$/);
});

test('versions are compared as numbers', () => {
  assert.deepEqual(['2.28', '2.4', '2.3.4', '2.10'].toSorted(compareVersions), ['2.3.4', '2.4', '2.10', '2.28']);
});

test('whatever is no program is no ELF, and no damaged one is more than misread', { timeout: 60_000 }, () => {
  const start = node.subarray(0, 64);
  const other = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.nat(63).map((length) => start.subarray(0, length)),
    fc.tuple(fc.nat(63), fc.nat(255)).map(([at, byte]) => Uint8Array.from([...start.subarray(0, at), byte])),
  );
  fc.assert(fc.property(other, (bytes) => readElf(bytes) === undefined));
});
