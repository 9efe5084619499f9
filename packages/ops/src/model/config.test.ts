// Configuration: its types, and what becomes of it when it does not fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dispatch, MemoryStore, type DispatchOptions } from '../../test/dispatch.ts';
import { inHandler } from '../../test/in-handler.ts';
import { CharmBase, type CharmFramework } from '../charm/charm-base.ts';
import { ValidationError } from './errors.ts';
import { Secret } from './secret.ts';
import type { StandardSchema } from './standard-schema.ts';
import { ActiveStatus } from './status.ts';

const META = {
  name: 'web',
  config: { options: { port: { type: 'int' }, password: { type: 'secret' }, ratio: { type: 'float' } } },
} as const;

const portSchema: StandardSchema<{ readonly port: number }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const { port } = value as { port?: unknown };
      return typeof port === 'number' && port > 1024
        ? { value: { port } }
        : { issues: [{ message: `must be above 1024`, path: ['port'] }] };
    },
  },
};

test('a secret option gives its secret, which is not read before it is asked for', async () => {
  const { runner } = await inHandler(
    async (charm) => {
      const { port, password, ratio } = await charm.config();
      assert.deepEqual([port, ratio], [80, 1]);
      assert.ok(password instanceof Secret);
      assert.equal(password.id, 'secret:cvq0');
      assert.deepEqual(await password.getContent(), { password: 'hunter2' });
      assert.equal((await charm.config()).password, password);
    },
    {
      meta: META,
      answers: {
        'config-get': '{"port":80,"password":"secret:cvq0","ratio":1}',
        'secret-get': '{"password":"hunter2"}',
      },
    },
  );
  assert.deepEqual(runner.lines, ['config-get --format=json', 'secret-get --format=json secret:cvq0']);
});

test('a secret option that is not set gives nothing', async () => {
  await inHandler(async (charm) => assert.equal((await charm.config()).password, undefined), {
    meta: META,
    answers: { 'config-get': '{"port":80}' },
  });
});

test('configuration is loaded through a schema', async () => {
  await inHandler(async (charm) => assert.deepEqual(await charm.loadConfig(portSchema), { port: 8080 }), {
    meta: META,
    answers: { 'config-get': '{"port":8080}' },
  });
  await inHandler(
    async (charm) => {
      await assert.rejects(
        async () => charm.loadConfig(portSchema),
        (error: Error) => error instanceof ValidationError && error.message.includes('port: must be above 1024'),
      );
    },
    { meta: META, answers: { 'config-get': '{"port":80}' } },
  );
});

class Blocking extends CharmBase {
  readonly #stored = this.storedState({ changes: 0 });

  constructor(framework: CharmFramework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.configChanged, this.#after);
    this.observe(this.on.collectUnitStatus, this.#onCollect);
  }

  async #onConfigChanged(): Promise<void> {
    this.#stored.changes += 1;
    try {
      await this.loadConfig(portSchema, { errors: 'blocked' });
    } finally {
      await this.unit.setWorkloadVersion('loaded');
    }
  }

  async #after(): Promise<void> {
    await this.unit.setWorkloadVersion('after');
  }

  #onCollect(event: { addStatus(status: ActiveStatus): void }): void {
    event.addStatus(new ActiveStatus());
  }
}

test('configuration that does not fit can block the unit: the hook ends there, well, and nothing is committed', async () => {
  const store = new MemoryStore();
  const options: DispatchOptions = { meta: META, store, answers: { 'config-get': '{"port":80}' } };
  const { runner } = await dispatch(Blocking, 'hooks/config-changed', options);
  assert.deepEqual(runner.lines, [
    'config-get --format=json',
    'status-set --application=false blocked -- Invalid config: port: must be above 1024',
  ]);
  assert.equal(store.commits, 0);
  const mended = { ...options, answers: { 'config-get': '{"port":8080}' } };
  assert.equal((await dispatch(Blocking, 'hooks/config-changed', mended)).runner.lines.length, 4);
  assert.equal(store.commits, 1);
});
