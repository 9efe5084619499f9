import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combine } from './combine.ts';
import type { LayerConfig, ServiceConfig } from './config.ts';
import { parseLayerText } from './parse.ts';

const combined = (...texts: string[]) => combine(texts.map((text, index) => parseLayerText(`l${index}`, text)));

test('merge lays what is set over what was, and appends lists', () => {
  const { services } = combined(
    'services: {a: {override: replace, command: one, summary: s, after: [x], environment: {A: 1, B: 2}, user-id: 5}}',
    'services: {a: {override: merge, command: two, after: [x, y], environment: {B: 3, C: 4}, user-id: 0}}',
  );
  assert.deepEqual(services.get('a'), {
    override: 'replace',
    command: 'two',
    summary: 's',
    after: ['x', 'x', 'y'],
    environment: { A: '1', B: '3', C: '4' },
    'user-id': 0,
  });
});

test('replace starts afresh, and merge onto nothing is a start', () => {
  const { services } = combined(
    'services: {a: {override: merge, command: one, summary: s}}',
    'services: {a: {override: replace, command: two}}',
  );
  assert.deepEqual(services.get('a'), { override: 'replace', command: 'two' });
});

test('the kind of a check is merged field by field, and the threshold has a default', () => {
  const { checks } = combined(
    'checks: {up: {override: replace, http: {url: u, headers: {A: 1}}}, down: {override: merge, threshold: 7}}',
    'checks: {up: {override: merge, http: {headers: {B: 2}}}}',
  );
  assert.deepEqual(checks.get('up'), {
    override: 'replace',
    http: { url: 'u', headers: { A: '1', B: '2' } },
    threshold: 3,
  });
  assert.deepEqual(checks.get('down'), { override: 'merge', threshold: 7 });
});

test('summary and description are those of the last layer', () => {
  assert.equal(combined('{summary: a, description: b}', 'summary: c').summary, 'c');
  assert.equal(combined('{summary: a, description: b}', 'summary: c').description, undefined);
});

test('an override rule is required', () => {
  const [missing, wrong] = ['checks: {a: {tcp: {port: 1}}}', 'log-targets: {a: {override: add}}'];
  assert.throws(() => combined(missing ?? ''), {
    name: 'LayerError',
    message: 'layer "l0" must define "override" for check "a"',
  });
  assert.throws(() => combined(wrong ?? ''), {
    name: 'LayerError',
    message: 'layer "l0" has invalid "override" value for log target "a"',
  });
});

const config: fc.Arbitrary<ServiceConfig> = fc.record(
  {
    override: fc.constantFrom('merge', 'replace'),
    command: fc.constantFrom('one', 'two', 'three'),
    after: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
    environment: fc.dictionary(fc.constantFrom('A', 'B'), fc.constantFrom('1', '2'), { minKeys: 1 }),
    'user-id': fc.nat(3),
    'backoff-delay': fc.nat(3),
  },
  { requiredKeys: ['override'] },
);
const layer: fc.Arbitrary<LayerConfig> = fc.dictionary(fc.constantFrom('x', 'y'), config).map((services) => ({
  label: 'l',
  services: new Map(Object.entries(services)),
  checks: new Map(),
  'log-targets': new Map(),
}));

// Of checks this does not hold: a layer that was combined has the default threshold as if somebody had set it.
test('services are combined in any grouping with the same result', () => {
  fc.assert(
    fc.property(layer, layer, layer, (a, b, c) => {
      const together = combine([a, b, c]).services;
      assert.deepEqual(combine([combine([a, b]), c]).services, together);
      assert.deepEqual(combine([a, combine([b, c])]).services, together);
    }),
  );
});
