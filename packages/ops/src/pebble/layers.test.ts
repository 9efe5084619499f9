// Layers as values: what they combine to, what is the same, and their text.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combineLayers, saysTheSame } from './combine.ts';
import { PebbleError } from './errors.ts';
import type { Layer } from './layer.ts';
import { parseLayer, renderLayer } from './layer-text.ts';

const base: Layer = {
  services: { web: { override: 'replace', command: 'serve', after: ['db'], environment: { A: '1', B: '2' } } },
  checks: { up: { override: 'replace', http: { url: 'http://a', headers: { x: '1' } } } },
};

test('entries replace or are merged', () => {
  const merged = combineLayers([
    base,
    {
      services: {
        web: { override: 'merge', summary: 'Web', after: ['db', 'x'], environment: { B: '3' }, 'user-id': 0 },
      },
      checks: { up: { override: 'merge', threshold: 7, http: { headers: { y: '2' } } } },
    },
  ]);
  assert.deepEqual(merged, {
    services: {
      web: {
        override: 'replace',
        command: 'serve',
        summary: 'Web',
        after: ['db', 'db', 'x'],
        environment: { A: '1', B: '3' },
        'user-id': 0,
      },
    },
    checks: { up: { override: 'replace', threshold: 7, http: { url: 'http://a', headers: { x: '1', y: '2' } } } },
    'log-targets': {},
  });
  const web = { override: 'replace', command: 'other' } as const;
  assert.deepEqual(combineLayers([base, { services: { web } }]).services, { web });
  assert.equal(combineLayers([base]).checks['up']?.threshold, 3);
});

test('what is empty or in another order says the same', () => {
  assert.ok(
    saysTheSame(
      { services: { web: { command: 'a', summary: '', after: [] } }, checks: {} },
      { services: { web: { command: 'a' } } },
    ),
  );
  assert.ok(saysTheSame({ a: '1', b: '2' }, { b: '2', a: '1' }));
  assert.ok(saysTheSame({}, undefined));
  assert.ok(!saysTheSame({ 'user-id': 0 }, {}));
  assert.ok(!saysTheSame({ after: ['a', 'b'] }, { after: ['b', 'a'] }));
});

test('a layer that is rendered reads back', async () => {
  const entry = fc.record({ override: fc.constantFrom('merge', 'replace'), command: fc.string({ unit: 'binary' }) });
  const layer = fc.record({ summary: fc.string({ unit: 'binary' }), services: fc.dictionary(fc.string(), entry) });
  await fc.assert(
    fc.asyncProperty(layer, async (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as Layer;
      assert.deepEqual(await parseLayer(renderLayer(plain)), plain);
    }),
  );
});

test('what is no layer is refused with the place', async () => {
  const refused: readonly (readonly [text: string, message: RegExp])[] = [
    ['a: {', /line 1, column/],
    ['[]', /it is not a mapping/],
    ['web: {}', /no section "web"/],
    ['services: []', /services is not a mapping/],
    ['services: {web: null}', /services\.web is not a mapping/],
    ['services: {web: {command: x}}', /services\.web\.override is missing/],
    ['checks: {up: {override: maybe}}', /checks\.up\.override is "maybe"/],
  ];
  for (const [text, message] of refused) {
    await assert.rejects(
      parseLayer(text),
      (error) => error instanceof PebbleError && message.test(error.message),
      text,
    );
  }
  assert.deepEqual(await parseLayer(''), {});
});

test('any text is a layer or an error of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      await parseLayer(text).catch((error: unknown) => assert.ok(error instanceof PebbleError, String(error)));
    }),
  );
});
