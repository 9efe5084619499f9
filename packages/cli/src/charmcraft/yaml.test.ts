// YAML as charmcraft and Juju read it, and what is no YAML.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from './yaml.ts';

function read(text: string | Uint8Array): unknown {
  const parsed = parseYaml(typeof text === 'string' ? Buffer.from(text) : text);
  if ('value' in parsed) return parsed.value;
  return parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test('scalars are those of YAML 1.1', () => {
  const text = 'a: yes\nb: Off\nc: y\nd: 0777\ne: 1_000\nf: 2026-01-01\ng: ~\nh: 0x1f\ni: "no"\nj: 1.5\nk: =\n';
  const value = {
    a: true,
    b: false,
    c: 'y',
    d: 511,
    e: 1000,
    f: '2026-01-01',
    g: null,
    h: 31,
    i: 'no',
    j: 1.5,
    k: '=',
  };
  assert.deepEqual(read(text), value);
});

test('a byte order mark and carriage returns do no harm', () => {
  assert.deepEqual(read('\u{FEFF}name: web\r\nsummary: |\r\n  a\r\n  b\r\n'), { name: 'web', summary: 'a\nb\n' });
});

test('anchors, aliases and merged mappings are followed', () => {
  const value = { base: { type: 'int' }, port: { type: 'int', default: 80 }, list: [{ type: 'int' }] };
  assert.deepEqual(read('base: &b {type: int}\nport: {<<: *b, default: 80}\nlist: [*b]\n'), value);
});

const wrong: readonly [what: string, text: string | Uint8Array, problem: RegExp][] = [
  ['a tab that indents', 'a:\n\tb: 1\n', /^2:1 malformed YAML: a tab indents the line; use spaces$/],
  ['a key that is there twice', 'a: 1\nb: 2\na: 3\n', /^3:1 the key is there twice .*; take one out$/],
  ['a NUL', 'a: b\nc: \0\n', /^2:4 YAML does not allow the character U\+0000; take it out$/],
  ['an escape', 'a: \u001B[31mred\n', /^1:4 YAML does not allow the character U\+001B/],
  [
    'Latin-1',
    Buffer.from('a: b\nc: caf\u00E9\n', 'latin1'),
    /^2:7 the text is not UTF-8 here; save the file as UTF-8$/,
  ],
  ['UTF-16', Buffer.from('\u{FEFF}a: b\n', 'utf16le'), /^1:1 the text is not UTF-8 here/],
  ['a tag of something else', 'a: !!python/object:os.system x\n', /^1:4 malformed YAML: Unresolved tag/],
  ['a key that is a number', '80: web\n', /^1:1 a key must be a string; found 80: write it in quotes$/],
  ['a key that is a list', '? [a]\n: b\n', /^1:3 a key must be a string; found a list or mapping/],
  ['two documents', 'a: 1\n---\nb: 2\n', /malformed YAML: .*document/],
  ['an alias of nothing', 'a: *b\n', /Unresolved alias/],
  ['aliases without end', laughs(9), /^1:1 cannot read the YAML: Excessive alias count/],
  ['a mapping in itself', 'a: &a {b: *a}\n', /^1:11 \*a is part of what it stands for; write it out$/],
  [
    'more depth than a charm needs',
    `a: ${'['.repeat(300)}${']'.repeat(300)}\n`,
    /^1:\d+ it is nested more than 100 times$/,
  ],
  ['depth without end', '['.repeat(100_000), /^1:/],
  ['a large file', `a: ${'x'.repeat(600_000)}\n`, /^1:1 the file has 600004 bytes; at most 262144 are read$/],
];

for (const [what, text, problem] of wrong) {
  test(`${what} is told with its place`, () => {
    const found = read(text);
    assert.ok(
      Array.isArray(found) && problem.test(String(found[0])),
      `${JSON.stringify(found)} does not match ${problem}`,
    );
  });
}

test('a file of very many keys and anchors does not take long: each is looked at once', { timeout: 60_000 }, () => {
  const lines = Array.from({ length: 12_000 }, (_, index) => `k${index}: &a${index} x\n`);
  assert.equal(Object.keys(read(lines.join('')) as object).length, 12_000);
});

function laughs(depth: number): string {
  const lines = ['a0: &a0 [ha]'];
  for (let level = 1; level <= depth; level += 1) {
    const alias = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => alias).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}
