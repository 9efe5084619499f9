// The simulated hook commands read command lines and files and print values as the modules do that Juju's own are made of: juju/cmd,
// gnuflag, juju/utils, juju/names, go-yaml and Go's library.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { quote } from '@charmed/ops/internal';
import fc from 'fast-check';
import { parseArguments, type FlagKinds } from '../../packages/sim/src/juju/arguments.ts';
import { goData } from '../../packages/sim/src/juju/go/value.ts';
import type { HookContext } from '../../packages/sim/src/juju/hook-context.ts';
import { atoi, parseInt0 } from '../../packages/sim/src/juju/go/integer.ts';
import { keyValues } from '../../packages/sim/src/juju/key-values.ts';
import { settingsFrom } from '../../packages/sim/src/juju/settings-file.ts';
import { isApplicationName, isUnitName } from '../../packages/sim/src/juju/names.ts';
import { print, type Format } from '../../packages/sim/src/juju/format.ts';
import { compareNaturally } from '../../packages/sim/src/juju/go/natural-order.ts';
import { peerPath, testWithPeers } from '../peers.ts';

interface Request {
  readonly kind: string;
  readonly text?: string;
  readonly argv?: readonly string[];
  readonly value?: unknown;
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  readonly number?: number;
  readonly error?: string;
  readonly is?: boolean;
}

/** One of the characters of a text. */
function charOf(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(text));
}

function ask(requests: readonly Request[]): readonly Answer[] {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { stdout, stderr, status } = spawnSync(peerPath('juju-cmd'), { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
}

/** Compares our answers with the referee's, many at a time. */
function compare<T>(
  inputs: fc.Arbitrary<T>,
  request: (input: T) => Request,
  check: (input: T, answer: Answer) => void,
): void {
  fc.assert(
    fc.property(fc.array(inputs, { minLength: 1, maxLength: 300, size: 'max' }), (all) => {
      const answers = ask(all.map(request));
      all.forEach((input, index) => check(input, answers[index] as Answer));
    }),
    { numRuns: 12 },
  );
}

const FLAGS: FlagKinds = {
  all: 'flag',
  a: { sameAs: 'all' },
  strict: 'flag',
  label: 'text',
  l: { sameAs: 'label' },
  revision: (text) => parseInt0(text),
  output: 'text',
  o: { sameAs: 'output' },
};
const NO_CONTEXT = {} as HookContext;

const word = fc.oneof(
  fc.constantFrom(
    '--',
    '-',
    '',
    '-a',
    '--all',
    '--all=true',
    '--all=f',
    '--all=x',
    '-a=true',
    '-al',
    '-lx',
    '-l=x',
    '--label',
    '-l',
  ),
  fc.constantFrom(
    '--label=x',
    '--l=x',
    '--a',
    '--=x',
    '--strict=',
    '--revision',
    '--revision=0x1F',
    '-ax',
    '-é',
    '--é',
    '---',
    '-=',
    'x',
  ),
  fc.string({ maxLength: 4 }).map((text) => `-${text}`),
  fc.string({ maxLength: 4 }).map((text) => `--${text}`),
  fc.string({ maxLength: 4 }),
);
// What these mean is not simulated.
const isLeftOut = (argv: readonly string[]) =>
  argv.some((arg) => /^-[a-z]*[ho]|^--(?:h|help|o|output|format)(?:=|$)/.test(arg));

testWithPeers('command lines', ['juju-cmd'], () => {
  const argv = fc.array(word, { maxLength: 5 }).filter((words) => !isLeftOut(words));
  compare(
    argv,
    (words) => ({ kind: 'run', argv: words, value: '' }),
    (words, { code, stderr, flags = {}, args = [] }) => {
      let ours: unknown;
      try {
        const { flags: given, args: rest } = parseArguments(words, FLAGS, NO_CONTEXT);
        const { all = false, strict = false, label = '', revision = '0' } = given;
        const texts = {
          all: String(all),
          strict: String(strict),
          label,
          revision: String(parseInt0(String(revision))),
        };
        ours = { code: 0, stderr: '', flags: texts, args: rest };
      } catch (error) {
        ours = { code: 2, stderr: `ERROR ${(error as Error).message}\n` };
      }
      const theirs = code === 0 ? { code, stderr, flags, args } : { code, stderr };
      assert.deepEqual(ours, theirs, JSON.stringify(words));
    },
  );
});

// No characters that only one side's version of Unicode knows.
const rare = charOf('\u0660\u2003\u3000\ud7ff\ue000\ufffd\uffff☃漢😀𝟙');
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({
      unit: charOf(' \n:#-?,[]{}&*!|>\'"%@`~=<.+_0129eExobTtZzayn\t\\\r'),
      maxLength: 8,
    }),
  },
  { weight: 1, arbitrary: fc.string({ unit: charOf('0123456789.-+_:eExobTZ '), maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...'yes,No,on,OFF,null,Null,~,.inf,-.INF,.NaN,true,y,N,<<,=,---,...,--- a,2020-02-30,2020-2-3'.split(','),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2001-12-14t21:59:43.10-05:00',
      '2001-12-14 21:59:43.1',
      '1:30',
      '0b1',
      '0o7',
      '1_0',
      '0x_1',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.oneof(
        fc
          .integer({ min: 0, max: 0x17f })
          .filter((code) => code !== 0x85)
          .map((code) => String.fromCharCode(code)),
        rare,
      ),
      maxLength: 4,
    }),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(text, tie('any'), { maxKeys: 5 }).filter(isOrdered),
  ),
})).any;

// go-yaml's order of keys has cycles, such as 3 < 2020 < 2o < 3: what it makes of those is up to its sorting.
function isOrdered(map: object): boolean {
  const keys = Object.keys(map).toSorted((a, b) => compareNaturally(a, b));
  return keys.every((key, index) => keys.slice(index + 1).every((later) => compareNaturally(key, later) < 0));
}

testWithPeers('printed values', ['juju-cmd'], () => {
  compare(
    fc.tuple(value, fc.constantFrom<Format>('json', 'smart', 'yaml')),
    ([given, format]) => ({ kind: 'run', argv: [`--format=${format}`], value: given }),
    ([given, format], { stdout }) => assert.equal(print(goData(given), format), stdout, JSON.stringify(given)),
  );
});

testWithPeers('arguments of the form key=value', ['juju-cmd'], () => {
  compare(
    fc.array(
      fc.oneof(
        fc.tuple(text, text).map(([key, each]) => `${key}=${each}`),
        text,
      ),
      { maxLength: 3 },
    ),
    (argv) => ({ kind: 'key-values', argv }),
    (argv, { values = {}, error = '' }) => {
      const ours = outcome(() => keyValues(argv));
      assert.deepEqual(ours, error === '' ? { values } : { error }, JSON.stringify(argv));
    },
  );
});

testWithPeers('files of settings', ['juju-cmd'], () => {
  compare(
    fc
      .dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 4 })
      .map((entries) => JSON.stringify(entries)),
    (file) => ({ kind: 'settings', text: file }),
    (file, { values = {}, error = '' }) =>
      assert.deepEqual(
        outcome(() => settingsFrom(file)),
        error === '' ? { values } : { error },
        file,
      ),
  );
});

function outcome(read: () => Readonly<Record<string, string>>): unknown {
  try {
    return { values: read() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

testWithPeers('quoted text', ['juju-cmd'], () => {
  compare(
    text,
    (given) => ({ kind: 'quote', text: given }),
    (given, { stdout }) => assert.equal(quote(given), stdout),
  );
});

testWithPeers('integers', ['juju-cmd'], () => {
  const number = fc.oneof(
    text,
    fc.integer().map(String),
    fc.string({ unit: charOf('0123456789_xXbBoOaF+-'), maxLength: 21 }),
  );
  for (const [kind, read] of [
    ['atoi', atoi],
    ['parse-int', parseInt0],
  ] as const) {
    compare(
      number,
      (given) => ({ kind, text: given }),
      (given, { number: theirs = 0, error = '' }) => {
        let ours: unknown;
        try {
          ours = read(given);
        } catch (failure) {
          ours = (failure as Error).message;
        }
        assert.equal(ours, error === '' ? theirs : error, given);
      },
    );
  }
});

testWithPeers('names', ['juju-cmd'], () => {
  const name = fc.string({ unit: charOf('ab19-/0'), maxLength: 8 });
  compare(
    name,
    (given) => ({ kind: 'application', text: given }),
    (given, { is = false }) => assert.equal(isApplicationName(given), is, given),
  );
  compare(
    name,
    (given) => ({ kind: 'unit', text: given }),
    (given, { is = false }) => assert.equal(isUnitName(given), is, given),
  );
});
