// The suite of the client: each test is run with the real Pebble and with the embedded one.

import { suite, test } from 'node:test';
import { PebbleClient } from '@charmed/ops/pebble';
import { testWithPeers } from '../peers.ts';
import { withEmbedded, withReal, type World } from './worlds.ts';

export interface ClientWorld extends World {
  readonly client: PebbleClient;
}

export function conforms(name: string, body: (world: ClientWorld) => Promise<void>): void {
  const withClient = (world: World) => body({ ...world, client: new PebbleClient(world.transport) });
  void suite(name, { concurrency: true }, () => {
    testWithPeers(`${name}: the real Pebble`, ['pebble'], () => withReal(withClient));
    void test(`${name}: the embedded Pebble`, () => withEmbedded(withClient));
  });
}
