// The real programs that are our referees. `npm run peers` installs them; a test whose peer is missing is skipped and says so,
// or fails under REQUIRE_PEERS=1, which CI sets.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

export const PEERS_DIRECTORY: string = join(import.meta.dirname, '.cache');

/** Go programs by name, each the package that is built in the folder of `conformance/` of that name. */
export const goPeers = {
  pebble: 'github.com/canonical/pebble/cmd/pebble',
  'net-rpc': '.',
  'charm-archive': '.',
  'hook-command': '.',
  'juju-cmd': '.',
} as const;

/** Programs of the Python environment that `conformance/python/requirements.txt` describes. */
export const pythonPeers = ['python', 'charmcraft'] as const;

/** Programs of npm that `conformance/runners/package.json` describes, each with its file below `node_modules`. */
export const nodePeers = {
  vitest: 'vitest/vitest.mjs',
  jest: 'jest/bin/jest.js',
} as const;

export type Peer = keyof typeof goPeers | keyof typeof nodePeers | (typeof pythonPeers)[number];

/** The path of an installed peer's executable. */
export function peerPath(peer: Peer): string {
  if (peer in nodePeers) {
    return join(PEERS_DIRECTORY, 'runners', 'node_modules', nodePeers[peer as keyof typeof nodePeers]);
  }
  return peer in goPeers ? join(PEERS_DIRECTORY, 'bin', peer) : join(PEERS_DIRECTORY, 'python', 'bin', peer);
}

type TestBody = (context: TestContext) => void | Promise<void>;

/** A test that needs real programs. */
export function testWithPeers(name: string, peers: readonly Peer[], body: TestBody): void {
  void test(name, { skip: missing(peers) }, body);
}

/** A test that takes long, and no peers: it runs where peers are required too, which is in CI. */
export function testAtLength(name: string, body: TestBody): void {
  const skip = isRequired() ? false : 'takes long; run with: REQUIRE_PEERS=1';
  void test(name, { skip }, body);
}

function missing(peers: readonly Peer[]): string | false {
  const absent = peers.filter((peer) => !existsSync(peerPath(peer)));
  return absent.length > 0 && !isRequired() ? `needs ${absent.join(', ')}; install with: npm run peers` : false;
}

function isRequired(): boolean {
  return process.env['REQUIRE_PEERS'] === '1';
}
