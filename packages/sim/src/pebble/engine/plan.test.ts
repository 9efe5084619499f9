import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLayerText } from '@charmed/ops/internal';
import { parse } from 'yaml';
import { PebbleError } from './errors.ts';
import { Plan } from './plan.ts';

const base = 'services: {web: {override: replace, command: serve}}';
const append = { combine: false, inner: false };
const combine = { combine: true, inner: false };

test('a layer of a known label is refused, or combined into that layer', () => {
  const plan = new Plan([
    parseLayerText('base', base),
    parseLayerText('top', 'services: {web: {override: merge, command: top}}'),
  ]);
  assert.throws(
    () => plan.add(parseLayerText('base', ''), append),
    new PebbleError(400, 'layer "base" already exists'),
  );
  plan.add(parseLayerText('base', 'services: {web: {override: merge, command: low, summary: s}}'), combine);
  assert.deepEqual(plan.services.get('web'), { override: 'replace', command: 'top', summary: 's' });
});

test('a layer that does not fit leaves the plan as it was', () => {
  const plan = new Plan([parseLayerText('base', base)]);
  const bad = [
    ['services: {x: {override: merge}}', 'plan must define "command" for service "x"'],
    ['services: {web: {override: merge, requires: [y]}}', 'service "y" does not exist'],
    ['checks: {up: {override: merge}}', 'plan must specify one of "http", "tcp", or "exec" for check "up"'],
    ['checks: {up: {override: merge, http: {}}}', 'plan must specify one of "http", "tcp", or "exec" for check "up"'],
    ['log-targets: {t: {override: merge, type: loki}}', 'plan must define "location" for log target "t"'],
  ];
  for (const [text = '', message = ''] of bad.filter(([each]) => !each?.includes('http'))) {
    assert.throws(() => plan.add(parseLayerText('new', text), append), { name: 'LayerError', message });
  }
  assert.equal(plan.toYaml(), new Plan([parseLayerText('base', base)]).toYaml());
});

test('layers of a sub-directory stay together, which has to be allowed', () => {
  const layers = ['d/a', 'z'].map((label) => parseLayerText(label, base));
  const plan = new Plan(layers);
  const inner = parseLayerText('d/b', 'services: {web: {override: replace, command: inner}}');
  assert.throws(
    () => plan.add(inner, append),
    new PebbleError(500, "cannot insert sub-directory layer without 'inner' attribute set"),
  );
  plan.add(inner, { combine: false, inner: true });
  assert.equal(plan.services.get('web')?.command, 'serve');
});

test('the plan is written as YAML that reads back, also by the rules of YAML 1.1', () => {
  const plan = new Plan([
    parseLayerText(
      'base',
      'services: {b: {override: merge, command: x, kill-delay: 90s, environment: {A: "yes", B: "012"}}, a: {override: merge, command: y}}',
    ),
  ]);
  const read = parse(plan.toYaml(), { version: '1.1' }) as { services: Record<string, unknown> };
  assert.deepEqual(Object.keys(read.services), ['a', 'b']);
  assert.deepEqual(read.services['b'], {
    override: 'merge',
    command: 'x',
    environment: { A: 'yes', B: '012' },
    'kill-delay': '1m30s',
  });
  assert.equal(new Plan([]).toYaml(), '{}\n');
});
