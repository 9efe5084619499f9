// Layers as values: what they combine to, what is the same, their text, and what is wrong with them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PebbleLayerError } from './layer-error.ts';
import type { Layer } from './layer.ts';
import { combineLayers, parseLayer, parsePlan, validateLayer, validatePlan } from './layer-values.ts';
import { renderLayer } from './render-layer.ts';
import { saysTheSame } from './says-the-same.ts';

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

test('what is empty, in another order or of another spelling says the same', () => {
  assert.ok(
    saysTheSame(
      { services: { web: { command: 'a', summary: '', after: [] } }, checks: {} },
      { services: { web: { command: 'a' } } },
    ),
  );
  assert.ok(saysTheSame({ a: '1', b: '2' }, { b: '2', a: '1' }));
  assert.ok(saysTheSame({}, undefined));
  assert.ok(saysTheSame({ 'kill-delay': '90s' }, { 'kill-delay': '1m30s' }));
  assert.ok(!saysTheSame({ 'kill-delay': '90s' }, { 'kill-delay': '91s' }));
  assert.ok(!saysTheSame({ summary: '90s' }, { summary: '1m30s' }));
  assert.ok(!saysTheSame({ 'user-id': 0 }, {}));
  assert.ok(!saysTheSame({ after: ['a', 'b'] }, { after: ['b', 'a'] }));
});

test('a layer that is rendered reads back, also names that are something to JavaScript', async () => {
  const words = fc.string({ unit: 'binary' });
  const name = fc.oneof(
    words.filter((each) => each !== '' && each !== 'pebble' && !each.startsWith('-')),
    fc.constantFrom('__proto__', 'constructor'),
  );
  const entry = fc.record({ override: fc.constantFrom('merge', 'replace'), summary: words });
  const layer = fc.record({ summary: words, services: fc.dictionary(name, entry) });
  await fc.assert(
    fc.asyncProperty(layer, async (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as Layer;
      const read = await parseLayer(renderLayer(plain));
      assert.ok(saysTheSame(read, plain), JSON.stringify(read));
      assert.deepEqual(validateLayer(plain), read);
      assert.deepEqual(validateLayer(read), read);
    }),
  );
});

interface Refusal {
  readonly text: string;
  readonly places: readonly string[];
  readonly message: RegExp;
}

const web = (fields: string) => `services:\n  web: {override: replace, ${fields}}\n`;

const refused: readonly Refusal[] = [
  { text: 'a: {', places: [''], message: /line 1, column 5: / },
  { text: '[]', places: [''], message: /cannot unmarshal !!seq/ },
  { text: 'web: {}', places: ['web'], message: /web \(line 1, column 1\): .*unknown section "web"/ },
  { text: 'services: []', places: ['services'], message: /services \(line 1, column 11\): cannot unmarshal/ },
  { text: 'services: {web: null}', places: ['services.web'], message: /cannot be null/ },
  { text: 'services: {web: {command: x}}', places: ['services.web.override'], message: /must define "override"/ },
  {
    text: 'checks:\n  up: {override: maybe}',
    places: ['checks.up.override'],
    message: /checks\.up\.override \(line 2, column 18\): .* invalid "override" value/,
  },
  {
    text: web('typo: 1, after: x, requires: [[]]'),
    places: ['services.web.typo', 'services.web.after', 'services.web.requires[0]'],
    message: /typo \(line 2, column 28\): field typo not found .*; services\.web\.after \(line 2, column 44\): /,
  },
  { text: web('kill-delay: soon'), places: ['services.web.kill-delay'], message: /invalid duration "soon"/ },
  { text: web("command: a 'b"), places: ['services.web.command'], message: /command invalid/ },
  { text: web('on-check-failure: {up: x}'), places: ['services.web.on-check-failure.up'], message: /action "x"/ },
  { text: web('backoff-factor: 0.5'), places: ['services.web.backoff-factor'], message: /1\.0 or greater/ },
  { text: 'services: {"a b": {x: 1}}', places: ['services["a b"].x'], message: /field x not found/ },
];

test('what is no layer is refused with the places', async () => {
  for (const { text, places, message } of refused) {
    await assert.rejects(parseLayer(text, 'mine'), (error) => {
      assert.ok(error instanceof PebbleLayerError, text);
      assert.match(error.message, /^cannot use layer "mine": /);
      assert.match(error.message, message);
      const found = error.problems.map(({ place }) => place);
      assert.deepEqual(found, places);
      return true;
    });
  }
  assert.deepEqual(await parseLayer(''), {});
});

test('what is no plan is refused with the places, of a value too', async () => {
  const service = { override: 'replace', command: 'x' };
  const plans: readonly (readonly [plan: object, places: readonly string[]])[] = [
    [{ services: { a: { override: 'merge' } } }, ['services.a.command']],
    [{ services: { a: { ...service, requires: ['b'] } } }, ['services.a.requires']],
    [{ services: { a: { ...service, after: ['b'] }, b: { ...service, after: ['a'] } } }, ['services.a', 'services.b']],
    [{ checks: { up: { override: 'merge' } } }, ['checks.up']],
    [{ checks: { up: { override: 'merge', http: { headers: { a: 'b' } } } } }, ['checks.up.http.url']],
    [
      { checks: { up: { override: 'merge', exec: { command: 'x', 'service-context': 'a' } } } },
      ['checks.up.exec.service-context'],
    ],
    [
      { 'log-targets': { t: { override: 'merge', type: 'loki', location: 'x', services: ['a'] } } },
      ['log-targets.t.services'],
    ],
    [{ 'log-targets': { t: { override: 'merge', type: 'loki' } } }, ['log-targets.t.location']],
    [{ services: { a: { ...service, 'user-id': 'x' } } }, ['services.a.user-id']],
  ];
  for (const [plan, places] of plans) {
    const hasPlaces = (error: unknown) => {
      assert.ok(error instanceof PebbleLayerError, String(error));
      assert.deepEqual(
        error.problems.map(({ place }) => place),
        places,
      );
      return true;
    };
    assert.throws(() => validatePlan(plan), hasPlaces);
    await assert.rejects(parsePlan(renderLayer(plan)), hasPlaces);
  }
  assert.deepEqual(validatePlan({ services: { a: { ...service, after: ['later'], 'kill-delay': '90s' } } }), {
    services: { a: { ...service, after: ['later'], 'kill-delay': '1m30s' } },
    checks: {},
    'log-targets': {},
  });
});

test('any text and any value is a layer or an error of its own', async () => {
  const isOurs = (error: unknown) => assert.ok(error instanceof PebbleLayerError, String(error));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      await parseLayer(text).catch(isOurs);
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.object(),
        fc.object().map((services) => ({ services })),
      ),
      async (value) => {
        await parsePlan(value).catch(isOurs);
      },
    ),
  );
});
