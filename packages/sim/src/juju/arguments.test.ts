import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseArguments, type FlagKinds } from './arguments.ts';
import type { HookContext } from './hook-context.ts';
import { UsageError } from './usage-error.ts';

const KINDS: FlagKinds = {
  all: 'flag',
  a: { sameAs: 'all' },
  strict: 'flag',
  s: { sameAs: 'strict' },
  relation: 'text',
  r: { sameAs: 'relation' },
  file: 'text',
};
const parse = (argv: readonly string[]) => parseArguments(argv, KINDS, {} as HookContext);

interface Piece {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean>>;
  readonly args: readonly string[];
}

const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '-', '--', '-a', '--all=x', '=', 'r=1'));
const plain = word.filter((text) => !text.startsWith('-') || text === '-');
const truth = fc.constantFrom(...(['1', 't', 'T', 'TRUE', 'true', 'True'] as const));
const falsehood = fc.constantFrom(...(['0', 'f', 'F', 'FALSE', 'false', 'False'] as const));

const argument = plain.map((text): Piece => ({ words: [text], flags: {}, args: [text] }));
const flag = fc.oneof(
  fc.constantFrom('--all', '-a').map((text) => ({ words: [text], flags: { all: true }, args: [] })),
  truth.map((text) => ({ words: [`--all=${text}`], flags: { all: true }, args: [] })),
  falsehood.map((text) => ({ words: [`--a=${text}`], flags: { all: false }, args: [] })),
);
const valued = word.chain((value) =>
  fc
    .constantFrom(
      ['--relation', value],
      [`--relation=${value}`],
      ['-r', value],
      ...(value === '' ? [] : [[`-r${value}`]]),
    )
    .map((words): Piece => ({ words, flags: { relation: value }, args: [] })),
);
// A letter with a value ends its word. Something follows: see below.
const bundled = word
  .filter((value) => value !== '')
  .map((value): Piece => ({ words: [`-sr${value}`, 'x'], flags: { strict: true, relation: value }, args: ['x'] }));

test('however flags are written and mixed with arguments, the last of each counts', () => {
  const pieces = fc.array(fc.oneof(argument, flag, valued, bundled));
  fc.assert(
    fc.property(pieces, fc.option(fc.array(word)), (given, rest) => {
      const argv = [...given.flatMap(({ words }) => words), ...(rest === null ? [] : ['--', ...rest])];
      const flags = Object.assign({}, ...given.map((piece) => piece.flags)) as Piece['flags'];
      assert.deepEqual(parse(argv), { flags, args: [...given.flatMap(({ args }) => args), ...(rest ?? [])] });
    }),
  );
});

test('whatever is typed is read, or refused as a matter of usage', () => {
  const words = fc.array(
    fc.oneof(word, fc.string({ unit: fc.constantFrom('-', '=', ' ', 'a', 'r', 's', 'x', '--file') })),
  );
  fc.assert(
    fc.property(words, (argv) => {
      try {
        const { flags, args } = parse(argv);
        for (const name of Object.keys(flags)) assert.ok(['all', 'strict', 'relation', 'file'].includes(name), name);
        assert.deepEqual(
          args,
          args.filter((arg) => argv.includes(arg)),
        );
      } catch (error) {
        assert.ok(error instanceof UsageError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test('of the last word, gnuflag looks at the first letter alone', () => {
  assert.deepEqual(parse(['-as', 'x']).flags, { all: true, strict: true });
  assert.deepEqual(parse(['-as']).flags, { all: true });
});

test('no name of a flag is inherited', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    assert.throws(() => parse([`--${name}`]), { message: `option provided but not defined: --${name}` });
  }
});
