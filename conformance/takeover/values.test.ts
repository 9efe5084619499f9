// Values that real Python ops stores, read by ours: what `pickle.dumps` writes by default, and the YAML of the controller's store, read back
// equal. Older protocols of pickle are refused.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { readPickle, yamlReader, type PythonValue } from '@charmed/ops/internal';
import * as fc from 'fast-check';
import { peerPath, testWithPeers } from '../peers.ts';

/** A value, and how `values.py` makes it. */
interface Described {
  readonly value: PythonValue;
  readonly description: readonly [kind: string, content: unknown];
}

const RUNS = { numRuns: 400 };

testWithPeers('what Python pickles in the protocols 3 to 5 reads back equal', ['python'], async (t) => {
  const stored = startPython(t);
  await fc.assert(
    fc.asyncProperty(anyValue(true), async ({ value, description }) => {
      const { pickles } = await stored(description);
      for (const protocol of [4, 5]) assert.deepEqual(readPickle(pickles[protocol] ?? Buffer.of()), value);
    }),
    RUNS,
  );
  await fc.assert(
    fc.asyncProperty(anyValue(false), async ({ value, description }) => {
      assert.deepEqual(readPickle((await stored(description)).pickles[3] ?? Buffer.of()), value);
    }),
    RUNS,
  );
});

testWithPeers(
  'sets of the protocol 3, which are calls, are refused; so are all older protocols',
  ['python'],
  async (t) => {
    const stored = startPython(t);
    const { pickles } = await stored(['set', [['plain', 'a']]]);
    assert.throws(() => readPickle(pickles[3] ?? Buffer.of()), { code: 'pickle-not-simple', message: /opcode GLOBAL/ });
    for (const protocol of [0, 1, 2]) {
      assert.throws(() => readPickle(pickles[protocol] ?? Buffer.of()), { code: 'bad-pickle' });
    }
  },
);

testWithPeers('what Python keeps in the controller, as YAML, reads back equal', ['python'], async (t) => {
  const stored = startPython(t);
  const read = await yamlReader();
  const value = anyValue(true).filter(({ description }) => !JSON.stringify(description).includes('"frozenset"'));
  await fc.assert(
    fc.asyncProperty(value, async (described) => {
      const { yaml } = await stored(described.description);
      assert.ok(yaml !== undefined);
      assert.deepEqual(read(yaml), described.value, yaml);
    }),
    { numRuns: 1000 },
  );
});

testWithPeers('long texts, bytes and integers, and many values', ['python'], async (t) => {
  const stored = startPython(t);
  const many = Array.from({ length: 3000 }, (_, index) => ({ value: BigInt(index), text: `key ${index}` }));
  const cases: readonly Described[] = [
    { value: 'é'.repeat(40_000), description: ['plain', 'é'.repeat(40_000)] },
    { value: new Uint8Array(70_000), description: ['bytes', Buffer.alloc(70_000).toString('base64')] },
    { value: 3n ** 2000n, description: ['int', String(3n ** 2000n)] },
    { value: -(3n ** 2000n), description: ['int', String(-(3n ** 2000n))] },
    { value: many.map(({ text }) => text), description: ['list', many.map(({ text }) => ['plain', text])] },
    { value: new Set(many.map(({ value }) => value)), description: ['set', many.map(({ value }) => int(value))] },
    {
      value: new Map(many.map(({ text, value }) => [text, value])),
      description: ['dict', many.map(({ text, value }) => [['plain', text], int(value)])],
    },
  ];
  for (const { value, description } of cases) {
    const { pickles } = await stored(description);
    for (const protocol of [4, 5]) assert.deepEqual(readPickle(pickles[protocol] ?? Buffer.of()), value);
  }
});

/** What Python ops stores of a value. */
interface Stored {
  /** By protocol. */
  readonly pickles: readonly Buffer[];
  /** Not for all values: bytearrays and frozensets have none. */
  readonly yaml: string | undefined;
}

/** Asks one process what Python ops stores. */
function startPython(t: TestContext): (description: unknown) => Promise<Stored> {
  const python = spawn(peerPath('python'), [join(import.meta.dirname, 'values.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  t.after(async () => {
    python.stdin.end();
    await once(python, 'exit');
  });
  return async (description) => {
    python.stdin.write(`${JSON.stringify(description)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('Python has ended');
    const { pickles, yaml } = JSON.parse(line.value) as { pickles: string[]; yaml?: string };
    return { pickles: pickles.map((text) => Buffer.from(text, 'base64')), yaml };
  };
}

function int(value: bigint): Described['description'] {
  return ['int', String(value)];
}

/** What YAML takes for something else than text, unless it is quoted. */
const LIKE_OTHERS = [
  '',
  '<<',
  '=',
  '~',
  'null',
  'yes',
  'on',
  '1',
  '1_0',
  '0x1F',
  '0o17',
  '017',
  '1:30',
  '.inf',
  '2030-01-02',
  '- a',
  '# a',
  'a: b',
  ' a',
  'a ',
  '\t',
  '\n',
  'a\n\nb\n',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '!!set',
  '&a',
  '*a',
  '{',
  '[',
  ',',
  '%',
  '@',
];

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...LIKE_OTHERS));
}

function anyValue(hasSets: boolean): fc.Arbitrary<Described> {
  const plain = fc
    .oneof(fc.constant(null), fc.boolean(), anyText())
    .map((value): Described => ({ value, description: ['plain', value] }));
  const whole = fc
    .oneof(fc.bigInt({ min: -(2n ** 17n), max: 2n ** 17n }), fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }))
    .map((value): Described => ({ value, description: int(value) }));
  const float = fc
    .double()
    .map((value): Described => ({ value, description: ['float', Object.is(value, -0) ? '-0.0' : String(value)] }));
  const bytes = fc.uint8Array().map((value): Described => ({
    value,
    description: ['bytes', Buffer.from(value).toString('base64')],
  }));
  const key = fc.oneof(
    anyText().map((value): Described => ({ value, description: ['plain', value] })),
    whole,
  );
  const keys = fc.uniqueArray(key, { selector: ({ description }) => JSON.stringify(description), maxLength: 8 });
  const { value } = fc.letrec<{ value: Described }>((tie) => {
    const values = fc.array(tie('value'), { maxLength: 8 });
    const dict = fc
      .tuple(keys, fc.array(tie('value'), { minLength: 8, maxLength: 8 }))
      .map(([of, items]): Described => {
        const pairs = of.map((each, index) => [each, items[index] ?? each] as const);
        return {
          value: new Map(pairs.map(([each, item]) => [each.value, item.value])),
          description: ['dict', pairs.map(([each, item]) => [each.description, item.description])],
        };
      });
    const twice = tie('value').map((item): Described => ({
      value: [item.value, item.value],
      description: ['twice', item.description],
    }));
    const sets = hasSets ? (['set', 'frozenset'] as const) : [];
    return {
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        plain,
        whole,
        float,
        bytes,
        collectionOf('list', values),
        collectionOf('tuple', values),
        dict,
        twice,
        ...sets.map((kind) => collectionOf(kind, keys)),
      ),
    };
  });
  return value;
}

function collectionOf(kind: string, items: fc.Arbitrary<Described[]>): fc.Arbitrary<Described> {
  return items.map((described) => {
    const values = described.map(({ value }) => value);
    return {
      value: kind.endsWith('set') ? new Set(values) : values,
      description: [kind, described.map(({ description }) => description)],
    };
  });
}
