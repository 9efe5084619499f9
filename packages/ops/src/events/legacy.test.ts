// What Juju 3 may still send.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dispatch, MemoryStore } from '../../test/dispatch.ts';
import { inHandlerOf } from '../../test/in-handler.ts';
import { CharmBase, type CharmFramework } from '../charm/charm-base.ts';
import type { EventBase } from '../framework/event.ts';
import { ActiveStatus } from '../model/status.ts';
import type { CollectStatusEvent } from './collect-status.ts';

test('the older events reach their handlers, and can be deferred', async () => {
  for (const kind of ['leaderSettingsChanged', 'preSeriesUpgrade', 'postSeriesUpgrade'] as const) {
    const store = new MemoryStore();
    await inHandlerOf(
      (on) => on[kind],
      (_charm, event) => event.defer(),
      { store },
    );
    assert.equal(store.contents.notices.length, 1);
  }
});

test('metrics are told as Juju takes them', async () => {
  const { runner } = await inHandlerOf(
    (on) => on.collectMetrics,
    async (_charm, event) => {
      await event.addMetrics({ users: 4.5, 'juju-units': 0 }, { zone: 'a' });
      for (const metrics of [{ '1x': 1 }, { 'x-': 1 }, { '': 1 }, { x: -1 }, { x: Number.NaN }, { x: Infinity }]) {
        await assert.rejects(async () => event.addMetrics(metrics), { code: 'bad-metric' });
      }
      for (const labels of [{ zone: '' }, { zone: 'a,b' }, { zone: 'a=b' }, { 'a b': 'c' }]) {
        await assert.rejects(async () => event.addMetrics({ x: 1 }, labels), { code: 'bad-metric' });
      }
    },
  );
  assert.deepEqual(runner.lines, ['add-metric --labels zone=a users=4.5 juju-units=0']);
});

test('where Juju allows hardly anything, nothing but the handlers of the event runs', async () => {
  const ran: string[] = [];
  class Careful extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.configChanged, this.#onAny);
      this.observe(this.on.collectMetrics, this.#onAny);
      this.observe(this.on.collectUnitStatus, this.#onCollect);
      this.observe(this.on.collectAppStatus, this.#onCollect);
    }

    #onAny(event: EventBase): void {
      ran.push(event.kind);
      event.defer();
    }

    #onCollect(event: CollectStatusEvent): void {
      event.addStatus(new ActiveStatus());
    }
  }
  const store = new MemoryStore();
  await dispatch(Careful, 'hooks/config-changed', { store, answers: { 'is-leader': 'true' } });
  ran.length = 0;
  for (const [path, expected] of [
    ['hooks/collect-metrics', ['collect-metrics']],
    ['hooks/meter-status-changed', []],
  ] as const) {
    const { runner } = await dispatch(Careful, path, { store });
    assert.deepEqual(ran.splice(0), expected);
    assert.deepEqual(runner.lines, []);
  }
  assert.deepEqual(
    store.contents.notices.map(({ kind }) => kind),
    ['config-changed', 'collect-metrics'],
  );
});
