// The library and the embedded Pebble combine layers to the same plan.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { combineLayers, PebbleClient, type Layer, renderLayer, saysTheSame } from '@charmed/ops/pebble';
import { MemoryPebble } from '../../src/pebble/memory/pebble.ts';

const override = fc.constantFrom('merge', 'replace');
const name = fc.constantFrom('a', 'b');
const words = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
const dictionary = fc.dictionary(name, fc.constantFrom('1', '2'));
const service = fc.record(
  {
    override,
    command: fc.constantFrom('x', 'y'),
    summary: fc.constantFrom('', 's', 't'),
    startup: fc.constantFrom('enabled', 'disabled'),
    after: fc.constant(['c']),
    requires: fc.constant([]),
    environment: dictionary,
    'on-check-failure': fc.dictionary(name, fc.constantFrom('restart', 'ignore')),
    'backoff-factor': fc.constantFrom(1.5, 2),
    'kill-delay': fc.constantFrom('1s', '5s'),
    'user-id': fc.nat(3),
  },
  { requiredKeys: ['override', 'command'] },
);
const check = fc.record(
  {
    override,
    threshold: fc.constantFrom(1, 5),
    startup: fc.constant('disabled'),
    http: fc.record({ url: fc.constantFrom('u', 'v'), headers: dictionary }),
  },
  { requiredKeys: ['override', 'http', 'startup'] },
);
const target = fc.record(
  {
    override,
    type: fc.constant('loki'),
    location: fc.constantFrom('l', 'm'),
    services: words.map(() => ['all']),
    labels: dictionary,
  },
  { requiredKeys: ['override', 'type', 'location', 'services'] },
);
const layer = fc.record({
  services: fc.dictionary(name, service),
  checks: fc.dictionary(name, check),
  'log-targets': fc.dictionary(name, target),
});

test('any layers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(layer, { minLength: 1, maxLength: 4 }), async (layers) => {
      const typed = JSON.parse(JSON.stringify(layers)) as Layer[];
      const { transport } = new MemoryPebble({
        layers: Object.fromEntries(typed.map((each, index) => [`layer${index}`, renderLayer(each)])),
      });
      const plan = await new PebbleClient(transport).getPlan();
      assert.ok(saysTheSame(combineLayers(typed), plan), JSON.stringify([combineLayers(typed), plan]));
    }),
    { numRuns: 100 },
  );
});
