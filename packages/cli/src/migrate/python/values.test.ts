import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodesOf, parsePython, partsOf } from './syntax.ts';
import { valueOf } from './values.ts';

/** The value of what stands behind `x =`. */
function read(expression: string): unknown {
  const file = parsePython('a.py', `x = ${expression}\n`);
  const [assignment] = nodesOf(file.root, 'AssignStatement');
  const value = assignment && partsOf(assignment).at(-1);
  return value && valueOf(value, file);
}

test('what JSON has is read', () => {
  const values: Readonly<Record<string, unknown>> = {
    None: null,
    True: true,
    '1_000': 1000,
    '-2.5': -2.5,
    '"a\\"b\\n"': 'a"b\n',
    "'it' \"'s\"": "it's",
    '"""two\nlines"""': 'two\nlines',
    "r'\\d'": '\\d',
    "''": '',
    '[1, [], ("a",)]': [1, [], ['a']],
    '{"a": {"b": None}}': { a: { b: null } },
    '(  # why\n  3\n)': 3,
    'dict()': {},
    'set()': [],
  };
  for (const [expression, value] of Object.entries(values)) assert.deepEqual(read(expression), value, expression);
});

test('what JSON has not, or only running tells, is left to the author', () => {
  for (const expression of [
    'name',
    'f"{x}"',
    'b"x"',
    '"\\x41"',
    '12345678901234567890',
    '1j',
    '{1: 2}',
    '{**other}',
    '[x for x in y]',
    '[a]',
    'dict(a=1)',
    'os.environ["X"]',
    '1 + 1',
  ]) {
    assert.equal(read(expression), undefined, expression);
  }
});
