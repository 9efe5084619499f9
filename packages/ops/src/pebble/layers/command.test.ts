import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCommand } from './command.ts';
import { LayerError } from './layer-error.ts';
import { WordError, splitWords } from './split-words.ts';

test('words are split as a shell splits them', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ['a  b\t c\n', ['a', 'b', 'c']],
    [`one "two three" 'four "five"'`, ['one', 'two three', 'four "five"']],
    [String.raw`a\ b "c\"d" 'e\f'`, ['a b', 'c"d', String.raw`e\f`]],
    [`x'' "" ''`, ['x', '', '']],
    ['a # a comment\nb', ['a', 'b']],
    ['a#b', ['a#b']],
    ['--flag=$HOME | cat', ['--flag=$HOME', '|', 'cat']],
  ];
  for (const [line, words] of cases) assert.deepEqual(splitWords(line), words, line);
});

test('arguments in brackets are appended', () => {
  assert.deepEqual(parseCommand('web', 'serve --db x [ --port 80 ]'), ['serve', '--db', 'x', '--port', '80']);
  assert.deepEqual(parseCommand('web', 'serve [ ]'), ['serve']);
});

test('what is wrong with a command is said in the words of Pebble', () => {
  const cases: [string, string][] = [
    ['a "b', 'EOF found when expecting closing quote'],
    ['a \\', 'EOF found after escape character'],
    ['[ a ]', 'cannot start command with [ ... ] group'],
    ['a ] b', 'cannot have ] outside of [ ... ] group'],
    ['a [ b [ c ]', 'cannot nest [ ... ] groups'],
    ['a [ b ] c', 'cannot have any arguments after [ ... ] group'],
  ];
  for (const [command, reason] of cases) {
    assert.throws(() => parseCommand('web', command), {
      name: 'LayerError',
      message: `cannot parse service "web" command: ${reason}`,
    });
  }
});

test('any text is split or refused with a typed error', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '#', '\n', '[', ']', 'é') });
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseCommand('web', text);
      } catch (error) {
        assert.ok(error instanceof LayerError);
      }
      try {
        splitWords(text);
      } catch (error) {
        assert.ok(error instanceof WordError);
      }
    }),
  );
});

test('quoted words come back whole', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
      assert.deepEqual(splitWords(line), words);
    }),
  );
});
