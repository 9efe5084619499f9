import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LayerError } from './layer-error.ts';
import { parseLayerText } from './parse.ts';

const refuses = (text: string, message: string) => {
  assert.throws(() => parseLayerText('test', text), { name: 'LayerError', message });
};

test('a layer is read from YAML', () => {
  const layer = parseLayerText(
    'test',
    `
summary: all of it
services:
  web:
    override: replace
    command: serve
    startup: enabled
    after: [db]
    environment: {PORT: 8080, DEBUG: true, EMPTY: , VERSION: 1.10}
    user-id: 0
    backoff-delay: 1.5s
    backoff-factor: 3
checks:
  up: {override: merge, threshold: 0, http: {url: 'http://localhost/'}}
log-targets:
  loki: {override: merge, services: [all, -web]}
`,
  );
  assert.equal(layer.summary, 'all of it');
  assert.deepEqual(layer.services.get('web'), {
    override: 'replace',
    command: 'serve',
    startup: 'enabled',
    after: ['db'],
    environment: { PORT: '8080', DEBUG: 'true', EMPTY: '', VERSION: '1.10' },
    'user-id': 0,
    'backoff-delay': 1500,
    'backoff-factor': 3,
  });
  assert.deepEqual(layer.checks.get('up'), { override: 'merge', http: { url: 'http://localhost/' } });
  assert.deepEqual(layer['log-targets'].get('loki'), { override: 'merge', services: ['all', '-web'] });
});

test('JSON is YAML, and nothing is an empty layer', () => {
  const text = JSON.stringify({ services: { web: { override: 'merge', command: 'x' } } });
  assert.deepEqual(parseLayerText('test', text).services.get('web'), { override: 'merge', command: 'x' });
  for (const empty of ['', 'null', 'services:', '# nothing'])
    assert.equal(parseLayerText('test', empty).services.size, 0);
});

test('anchors and merge keys are followed', () => {
  const layer = parseLayerText(
    'test',
    `
services:
  a: &base {override: replace, command: one, environment: &env {A: x}}
  b: {<<: *base, command: two}
  c: {<<: [{summary: s}, *base], environment: {<<: *env, B: y}}
`,
  );
  assert.deepEqual(layer.services.get('b'), { override: 'replace', command: 'two', environment: { A: 'x' } });
  assert.deepEqual(layer.services.get('c')?.environment, { A: 'x', B: 'y' });
  assert.equal(layer.services.get('c')?.summary, 's');
});

test('everything that is wrong with a section is reported at once, with lines', () => {
  refuses(
    'services:\n  web:\n    override: merge\n    typo: 1\n    after: 3\n    user-id: x\n    environment: [a]\n',
    'cannot parse layer "test" section "services": yaml: unmarshal errors:' +
      '\n  line 3: field typo not found in type plan.Service' +
      '\n  line 4: cannot unmarshal !!int `3` into []string' +
      '\n  line 5: cannot unmarshal !!str `x` into int' +
      '\n  line 6: cannot unmarshal !!seq into map[string]string',
  );
});

test('text that is no layer is refused', () => {
  refuses('web: {}', 'cannot parse layer "test": unknown section "web"');
  refuses(
    '[]',
    'cannot parse layer "test": yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into map[string]yaml.Node',
  );
  refuses('services: {a: null}', 'service object cannot be null for service "a"');
  refuses('services: {a: {backoff-delay: 3}}', 'cannot parse layer "test" section "services": invalid duration "3"');
  assert.throws(() => parseLayerText('test', 'a: {'), /cannot parse layer "test": yaml: line 1: /);
  assert.throws(() => parseLayerText('test', 'services: &a {<<: *a}'), /anchor contains itself/);
  assert.throws(() => parseLayerText('test', 'services: *nowhere'), /yaml: line 1: /);
});

test('each rule of the specification is kept', () => {
  const service = (fields: string) => `services: {web: {override: merge, ${fields}}}`;
  refuses(service('command: "a ["').replace('web', 'pebble'), 'cannot use reserved service name "pebble"');
  refuses(service('').replace('web', '-x'), 'cannot use service name "-x": starting with "-" not allowed');
  refuses(service('on-success: success-shutdown'), 'plan service "web" on-success action "success-shutdown" invalid');
  refuses(service('on-check-failure: {up: no}'), 'plan service "web" on-check-failure action "no" invalid');
  refuses(service('backoff-factor: 0.5'), 'plan service "web" backoff-factor must be 1.0 or greater, not 0.5');
  refuses('checks: {up: {level: no}}', 'plan check "up" level must be "alive" or "ready"');
  refuses('checks: {up: {period: 0s}}', 'plan check "up" period must not be zero');
  refuses(
    'log-targets: {t: {type: no}}',
    'log target "t" has unsupported type "no", must be "loki", "opentelemetry" or "syslog"',
  );
  assert.throws(() => parseLayerText('pebble-x', ''), {
    name: 'LayerError',
    message: 'cannot use reserved label prefix "pebble-"',
  });
});

test('any text is a layer or a LayerError', () => {
  const word = fc.constantFrom(
    'services',
    'checks',
    'web',
    'override',
    'merge',
    'command',
    'after',
    'http',
    '<<',
    '&a',
    '*a',
    '',
  );
  const mark = fc.constantFrom(
    ': ',
    '\n',
    '\n  ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '- ',
    '"',
    "'",
    '#',
    '!!str ',
    '? ',
    '|\n',
    '~',
    '0x1',
    '\t',
  );
  const yamlLike = fc.array(fc.oneof(word, mark), { maxLength: 40 }).map((parts) => parts.join(''));
  const json = fc.dictionary(word, fc.dictionary(word, fc.dictionary(word, fc.anything()))).map((value) => {
    return JSON.stringify({ services: value, checks: value }, (_, item: unknown) =>
      typeof item === 'bigint' ? 1 : item,
    );
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), yamlLike, json), (text) => {
      try {
        parseLayerText('test', text);
      } catch (error) {
        assert.ok(error instanceof LayerError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test('neither deep nor self-multiplying text does harm', () => {
  assert.throws(() => parseLayerText('test', '['.repeat(100_000)), LayerError);
  const levels = Array.from({ length: 30 }, (_, level) => `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
  assert.throws(() => parseLayerText('test', `services: &a-1 [x]\n${levels.join('\n')}`), LayerError);
});
