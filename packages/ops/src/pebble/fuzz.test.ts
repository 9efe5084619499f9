// Whatever JSON a server answers, each call gives a value or a PebbleError.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PebbleClient } from './client.ts';
import { PebbleError } from './errors.ts';
import type { PebbleTransport } from './transport.ts';

function answering(body: string, status = 200, type = 'application/json'): PebbleClient {
  const transport: PebbleTransport = {
    request: async () => ({ status, statusText: 'Status', headers: { 'content-type': type }, body: bytesOf(body) }),
    websocket: () => assert.fail('no answer here leads to a websocket'),
    close: async () => undefined,
  };
  return new PebbleClient(transport);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const calls: readonly ((client: PebbleClient) => PromiseLike<unknown>)[] = [
  (client) => client.getSystemInfo(),
  (client) => client.getPlan(),
  (client) => client.addLayer('base', {}),
  (client) => client.getServices(),
  (client) => client.startServices(['web'], { timeoutMs: 0 }),
  (client) => client.getChange('1'),
  (client) => client.waitChange('1', { timeoutMs: 1 }),
  (client) => client.getChanges(),
  (client) => client.abortChange('1'),
  (client) => client.getChecks(),
  (client) => client.startChecks(['up']),
  (client) => client.refreshCheck('up'),
  (client) => client.isHealthy(),
  (client) => client.notify('custom', 'example.com/a'),
  (client) => client.getNotice('1'),
  (client) => client.getNotices(),
  (client) => client.waitNotices({ timeoutMs: 1 }),
  (client) => client.getIdentities(),
  (client) => client.replaceIdentities({ bob: null }),
  (client) => client.removeIdentities(['bob']),
  (client) => client.getMetrics(),
  (client) => client.getWarnings(),
  (client) => client.ackWarnings(new Date(0)),
  async (client) => Array.fromAsync(client.getLogs()),
  (client) => client.sendSignal('SIGHUP', ['web']),
  (client) => client.listFiles('/'),
  (client) => client.makeDir('/a'),
  (client) => client.removePath('/a'),
  (client) => client.push('/a', 'content'),
  (client) => client.pull('/a').bytes(),
];

async function settle(client: PebbleClient): Promise<void> {
  for (const call of calls) {
    try {
      await call(client);
    } catch (error) {
      assert.ok(error instanceof PebbleError, `${call.toString()}: ${String(error)}`);
    }
  }
}

const status = fc.constantFrom(200, 202, 400, 404, 500, 504);

// The fields that answers have, with values that they do not.
const field = fc.constantFrom(
  'id',
  'name',
  'status',
  'tasks',
  'version',
  'result',
  'error',
  'path',
  'type',
  'level',
  'current',
  'startup',
  'ready',
  'spawn-time',
  'permissions',
  'last-modified',
  'kind',
  'summary',
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 1e300, '', 'text', '2020-01-01T00:00:00Z'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(field, tie('value'), { maxKeys: 6 }),
  ),
}));

test('answers whose result is of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(value, status, fc.constantFrom('sync', 'async', 'error'), async (result, code, type) => {
      await settle(answering(JSON.stringify({ type, result, change: '1' }), code));
    }),
    { numRuns: 300 },
  );
});

test('answers that are no JSON, or no answer', async () => {
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    value.map((any) => JSON.stringify(any)),
  );
  const type = fc.constantFrom('application/json', 'text/html', '', 'multipart/form-data; boundary=x');
  await fc.assert(
    fc.asyncProperty(body, status, type, async (text, code, contentType) => {
      await settle(answering(text, code, contentType));
    }),
    { numRuns: 300 },
  );
});

test('plans that are any YAML', async () => {
  const yaml = fc.oneof(
    fc.string(),
    fc.constantFrom('[1]', 'services: 3', 'a: &x [*x]', 'services: {a: 1}', '- - -', '{'),
  );
  await fc.assert(
    fc.asyncProperty(yaml, async (result) => settle(answering(JSON.stringify({ type: 'sync', result })))),
  );
});
