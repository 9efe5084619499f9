// Values that real Python pickles, read by ours: what `pickle.dumps` writes by default reads back equal, older protocols are refused.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readPickle, type PythonValue } from '@charmed/ops/internal';
import * as fc from 'fast-check';
import { peerPath, testWithPeers } from '../peers.ts';

/** A value, and how `pickler.py` makes it. */
interface Described {
  readonly value: PythonValue;
  readonly description: readonly [kind: string, content: unknown];
}

const RUNS = { numRuns: 400 };

testWithPeers('what Python pickles in the protocols 3 to 5 reads back equal', ['python'], async (t) => {
  const pickle = startPickler((stop) => t.after(stop));
  await fc.assert(
    fc.asyncProperty(anyValue(true), async ({ value, description }) => {
      const pickles = await pickle(description);
      for (const protocol of [4, 5]) assert.deepEqual(readPickle(pickles[protocol] ?? Buffer.of()), value);
    }),
    RUNS,
  );
  await fc.assert(
    fc.asyncProperty(anyValue(false), async ({ value, description }) => {
      assert.deepEqual(readPickle((await pickle(description))[3] ?? Buffer.of()), value);
    }),
    RUNS,
  );
});

testWithPeers(
  'sets of the protocol 3, which are calls, are refused; so are all older protocols',
  ['python'],
  async (t) => {
    const pickle = startPickler((stop) => t.after(stop));
    const pickles = await pickle(['set', [['plain', 'a']]]);
    assert.throws(() => readPickle(pickles[3] ?? Buffer.of()), { code: 'pickle-not-simple', message: /opcode GLOBAL/ });
    for (const protocol of [0, 1, 2]) {
      assert.throws(() => readPickle(pickles[protocol] ?? Buffer.of()), { code: 'bad-pickle' });
    }
  },
);

testWithPeers('long texts, bytes and integers, and many values', ['python'], async (t) => {
  const pickle = startPickler((stop) => t.after(stop));
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
    const pickles = await pickle(description);
    for (const protocol of [4, 5]) assert.deepEqual(readPickle(pickles[protocol] ?? Buffer.of()), value);
  }
});

/** Asks one process for the pickles of a value, by protocol. */
function startPickler(onStop: (stop: () => Promise<void>) => void): (description: unknown) => Promise<Buffer[]> {
  const python = spawn(peerPath('python'), [join(import.meta.dirname, 'pickler.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  onStop(async () => {
    python.stdin.end();
    await once(python, 'exit');
  });
  return async (description) => {
    python.stdin.write(`${JSON.stringify(description)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('the pickler has ended');
    return (JSON.parse(line.value) as string[]).map((text) => Buffer.from(text, 'base64'));
  };
}

function int(value: bigint): Described['description'] {
  return ['int', String(value)];
}

function anyValue(hasSets: boolean): fc.Arbitrary<Described> {
  const plain = fc
    .oneof(fc.constant(null), fc.boolean(), fc.string({ unit: 'binary' }))
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
    fc.string({ unit: 'binary' }).map((value): Described => ({ value, description: ['plain', value] })),
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
