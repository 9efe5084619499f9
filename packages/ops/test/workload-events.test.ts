// What a handler is told of notices and checks, and what it has to ask Pebble for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, ModelError } from '@charmed/ops';
import type {
  Framework,
  PebbleCheckFailedEvent,
  PebbleCheckRecoveredEvent,
  PebbleCustomNoticeEvent,
} from '@charmed/ops';
import type { PebbleTransport } from '../src/pebble/transport.ts';
import { dispatch, MemoryStore } from './dispatch.ts';

const meta = { name: 'web', containers: { web: {} } };
const notice = { JUJU_NOTICE_ID: '7', JUJU_NOTICE_TYPE: 'custom', JUJU_NOTICE_KEY: 'example.com/done' };

/** Answers each path with a result, anything else with 404, and notes what was asked. */
function scripted(results: Readonly<Record<string, unknown>>): { asked: string[]; pebble: () => PebbleTransport } {
  const asked: string[] = [];
  const transport: PebbleTransport = {
    request: async ({ path }) => {
      asked.push(path);
      const answer = path in results ? { type: 'sync', result: results[path] } : { type: 'error', result: {} };
      const body = [Buffer.from(JSON.stringify(answer))];
      const status = path in results ? 200 : 404;
      return { status, statusText: '', headers: { 'content-type': 'application/json' }, body: bytes(body) };
    },
    websocket: () => assert.fail('no command here'),
    close: async () => undefined,
  };
  return { asked, pebble: () => transport };
}

async function* bytes(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const seen: string[] = [];

class WorkloadCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    const { pebbleCustomNotice, pebbleCheckFailed, pebbleCheckRecovered } = this.on.container('web');
    this.observe(pebbleCustomNotice, this.#onNotice);
    this.observe(pebbleCheckFailed, this.#onFailed);
    this.observe(pebbleCheckRecovered, this.#onRecovered);
  }

  async #onNotice(event: PebbleCustomNoticeEvent) {
    const { id, type, key } = event.notice;
    seen.push(`${event.workload.name} ${id} ${type} ${key}`);
    const { occurrences, lastData } = await event.notice.load();
    seen.push(`${occurrences} ${JSON.stringify(lastData)}`);
  }

  #onFailed(event: PebbleCheckFailedEvent) {
    seen.push(`failed ${event.info.name}`);
    event.defer();
  }

  async #onRecovered(event: PebbleCheckRecoveredEvent) {
    await assert.rejects(
      async () => await event.info.load(),
      (error) => error instanceof ModelError && error.code === 'unknown-check',
    );
    seen.push(`recovered ${event.info.name}`);
  }
}

test('a notice is known by its id and key, and loaded from Pebble', async () => {
  seen.length = 0;
  const time = '2026-01-01T00:00:00Z';
  const times = { 'first-occurred': time, 'last-occurred': time, 'last-repeated': time };
  const full = { id: '7', type: 'custom', key: 'example.com/done', ...times, occurrences: 2, 'last-data': { a: 'b' } };
  const { pebble } = scripted({ '/v1/notices/7': full });
  const environment = { JUJU_WORKLOAD_NAME: 'web', ...notice };
  await dispatch(WorkloadCharm, 'hooks/web-pebble-custom-notice', { meta, environment, pebble });
  assert.deepEqual(seen, ['web 7 custom example.com/done', '2 {"a":"b"}']);
});

test('a notice that Pebble has forgotten is an error', async () => {
  const { pebble } = scripted({});
  const environment = { JUJU_WORKLOAD_NAME: 'web', ...notice };
  await assert.rejects(dispatch(WorkloadCharm, 'hooks/web-pebble-custom-notice', { meta, environment, pebble }), {
    code: 'unknown-notice',
  });
});

test('a check is known by its name, also when the event comes again', async () => {
  seen.length = 0;
  const store = new MemoryStore();
  const { asked, pebble } = scripted({ '/v1/checks?names=up': [] });
  const environment = { JUJU_WORKLOAD_NAME: 'web', JUJU_PEBBLE_CHECK_NAME: 'up' };
  const options = { meta, environment, pebble, store };
  await dispatch(WorkloadCharm, 'hooks/web-pebble-check-failed', options);
  assert.deepEqual(asked, []);
  await dispatch(WorkloadCharm, 'hooks/web-pebble-check-recovered', options);
  assert.deepEqual(seen, ['failed up', 'failed up', 'recovered up']);
});
