// Where the embedded Pebble differs from the real one, which packages/sim/LIMITS.md lists: both sides as they are.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { PebbleAPIError, PebbleClient } from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { type WithWorld, withEmbedded, withReal, type World } from './worlds.ts';

type Look = (world: World, client: PebbleClient) => Promise<unknown>;

function differs(name: string, look: Look, { real, embedded }: { real: unknown; embedded: unknown }): void {
  testWithPeers(name, ['pebble'], async () => {
    const lookAt = (withWorld: WithWorld) => withWorld((world) => look(world, new PebbleClient(world.transport)));
    assert.deepEqual(await lookAt(withReal), real);
    assert.deepEqual(await lookAt(withEmbedded), embedded);
  });
}

/** What a call is refused with, from the first colon on that is followed by a line number. */
async function refusal(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    assert.ok(error instanceof PebbleAPIError);
    return error.message.replace(/^.*?(?=yaml: line|invalid identity)/, '');
  }
}

differs('YAML with a syntax error', (_world, client) => refusal(client.addLayer('bad', 'a: {')), {
  real: 'yaml: line 1: did not find expected node content (Pebble answered 400)',
  embedded:
    'yaml: line 1: Flow map in block collection must be sufficiently indented and end with a } (Pebble answered 400)',
});

differs(
  'line ends that only Unicode knows',
  async (_world, client) => {
    await client.addLayer('base', 'services: {web: {override: replace, command: x, summary: "a\u0085b"}}');
    return (await client.getPlan()).services['web']?.summary;
  },
  { real: 'a b', embedded: 'a\u0085b' },
);

differs('who may reach the socket', async ({ socketPath }) => (statSync(socketPath).mode & 0o777).toString(8), {
  real: '666',
  embedded: '600',
});
