// The real Pebble is the referee of layers: the embedded one, and the library without any Pebble, take what it takes, refuse what it
// refuses, and come to the same plan.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  combineLayers,
  type Layer,
  parseLayer,
  parsePlan,
  PebbleClient,
  PebbleLayerError,
  saysTheSame,
  validatePlan,
} from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { layer } from './case.ts';
import { layerText } from './layer-arbitrary.ts';
import { type World, withEmbedded, withReal } from './worlds.ts';

interface Answer {
  readonly status: number;
  readonly result: unknown;
}

/** What a Pebble says to a layer, and the plan that it has then. */
async function add(
  world: World,
  label: string,
  text: string,
): Promise<{ readonly answer: Answer; readonly plan: string }> {
  const { method, path, body } = layer(text, label);
  const answer = await ask(world, method, path, JSON.stringify(body));
  const { result } = await ask(world, 'GET', '/v1/plan?format=yaml');
  return { answer, plan: String(result) };
}

async function ask({ transport }: World, method: string, path: string, body?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = await transport.request({
    method: method as 'GET',
    path,
    headers,
    timeoutMs: 20_000,
    ...(body !== undefined && { body }),
  });
  const text = Buffer.concat(await Array.fromAsync(answer.body)).toString();
  return { status: answer.status, result: (JSON.parse(text) as { result: unknown }).result };
}

/** The layer, or why the library refuses it on top of the others. */
async function judge(layers: readonly Layer[], text: string): Promise<Layer | PebbleLayerError> {
  try {
    const own = await parseLayer(text);
    validatePlan(combineLayers([...layers, own]));
    return own;
  } catch (error) {
    assert.ok(error instanceof PebbleLayerError, String(error));
    return error;
  }
}

testWithPeers('any layer', ['pebble'], async () => {
  await withReal(async (real) => {
    await withEmbedded(async (embedded) => {
      const layers: Layer[] = [];
      let label = 0;
      const property = fc.asyncProperty(layerText, async (text) => {
        const [theirs, ours] = await Promise.all([real, embedded].map((each) => add(each, `l${++label}`, text)));
        assert.equal(ours?.answer.status, theirs?.answer.status, JSON.stringify([theirs?.answer, ours?.answer]));
        assert.equal(ours?.plan, theirs?.plan);
        const own = await judge(layers, text);
        // Which users there are, only a Pebble knows.
        if (JSON.stringify(theirs?.answer).includes('invalid user/group')) return;
        assert.equal(own instanceof PebbleLayerError, theirs?.answer.status !== 200, JSON.stringify(own));
        if (own instanceof PebbleLayerError) return;
        layers.push(own);
        const plan = combineLayers(layers);
        assert.ok(saysTheSame(plan, await parsePlan(theirs?.plan ?? '')));
        assert.ok(saysTheSame(plan, await new PebbleClient(real.transport).getPlan()));
      });
      // What came before belongs to a failure, so nothing is to be made smaller.
      await fc.assert(property, { numRuns: 200, endOnFailure: true });
    });
  });
});

const services = (fields: string) => `services: {a: {override: replace, command: x, ${fields}}}`;
const checks = (fields: string) => `checks: {c: {override: replace, startup: disabled, ${fields}}}`;

const places: readonly ((scalar: string) => string)[] = [
  (scalar) => services(`backoff-factor: ${scalar}`),
  (scalar) => services(`kill-delay: ${scalar}`),
  (scalar) => services(`user-id: ${scalar}`),
  (scalar) => services(`after: ${scalar}`),
  (scalar) => services(`environment: {A: ${scalar}}`),
  (scalar) => checks(`threshold: ${scalar}, tcp: {port: 1}`),
  (scalar) => checks(`period: ${scalar}, tcp: {port: 1}`),
  (scalar) => `services: {${scalar}: {override: replace, command: x}}`,
  (scalar) => `services: {a: ${scalar}}`,
  (scalar) => scalar,
];

const scalars =
  `null "" 0 -1 5.5 1e21 true "5" [] [a] {} ~ yes 010 0o17 08 0x1F -0b11 1_000 1_ _1 +5 .5 5. 1e3 0x1p4 .inf -.Inf .nan inf NaN
  2020-01-01 12:30:00 9223372036854775808 18446744073709551616 1e400 1_0.5 1__0 1s 1h1 .5s .s 1us 00s -3s 0.0000000001s 9223372036854775808ns`
    .split(/\s+/)
    .concat('!!str 5', '!!int 5', '!!float 5', 'a b', '" 1s"', '[1, null]', '{a: 1}', '{a: [1]}');

testWithPeers('any scalar in any place', ['pebble'], async () => {
  await withReal(async (real) => {
    await withEmbedded(async (embedded) => {
      for (const text of places.flatMap((place) => scalars.map(place))) {
        // The label is of no section, so that each is looked at without the others.
        const [theirs, ours] = await Promise.all([real, embedded].map((each) => add(each, text.slice(0, 200), text)));
        const own = await judge([], text);
        assert.deepEqual(ours?.answer, theirs?.answer, text);
        assert.equal(own instanceof PebbleLayerError, theirs?.answer.status !== 200, `${text}: ${JSON.stringify(own)}`);
      }
    });
  });
});
