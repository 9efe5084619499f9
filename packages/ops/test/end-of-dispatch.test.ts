// The order of a dispatch, from the deferred events to the commit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, type CharmFramework } from '../src/charm/charm-base.ts';
import type { CollectStatusEvent } from '../src/events/collect-status.ts';
import type { EventBase } from '../src/framework/event.ts';
import type { StoreContents } from '../src/framework/store.ts';
import { inCallOrder } from '../src/hookcmds/in-call-order.ts';
import { JujuLog } from '../src/hookcmds/juju-log.ts';
import { localFiles } from '../src/io/local-files.ts';
import { jujuContextFrom } from '../src/juju/context.ts';
import {
  ActiveStatus,
  BlockedStatus,
  ErrorStatus,
  MaintenanceStatus,
  WaitingStatus,
  type StatusBase,
} from '../src/model/status.ts';
import { run } from '../src/run.ts';
import { dispatch, MemoryStore } from './dispatch.ts';
import { ScriptedRunner } from './scripted-runner.ts';

class BusyCharm extends CharmBase {
  constructor(framework: CharmFramework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.updateStatus, this.#onUpdateStatus);
    this.observe(this.on.collectUnitStatus, this.#onCollectUnit);
    this.observe(this.on.collectAppStatus, this.#onCollectApp);
  }

  async #onConfigChanged(event: EventBase): Promise<void> {
    this.framework.logger.log('INFO', 'config-changed');
    await this.unit.setWorkloadVersion('config-changed');
    event.defer();
  }

  async #onUpdateStatus(): Promise<void> {
    this.framework.logger.log('INFO', 'update-status');
    void this.unit.setWorkloadVersion('update-status');
  }

  #onCollectUnit(event: CollectStatusEvent): void {
    this.framework.logger.log('INFO', 'collect-unit-status');
    event.addStatus(new ActiveStatus());
  }

  #onCollectApp(event: CollectStatusEvent): void {
    this.framework.logger.log('INFO', 'collect-app-status');
    event.addStatus(new WaitingStatus('app'));
  }
}

/** A runner and a store that note in one list what happens in which order. */
function recorder() {
  const happened: string[] = [];
  const runner = new ScriptedRunner({ 'is-leader': 'true' });
  const recording = {
    run: async (command: string, args: readonly string[]) => {
      const answer = await runner.run(command, args);
      const debug = args.includes('DEBUG') || args.includes('WARNING');
      if (!debug) happened.push(command === 'juju-log' ? `log ${args.at(-1)}` : [command, ...args].join(' '));
      return answer;
    },
    close: async () => {},
  };
  class RecordingStore extends MemoryStore {
    override async commit(contents: StoreContents): Promise<void> {
      await super.commit(contents);
      happened.push('commit');
    }

    override async close(): Promise<void> {
      happened.push('close');
    }
  }
  const queue = inCallOrder(recording);
  const store = new RecordingStore();
  const runPath = (path: string) =>
    run(BusyCharm, {
      context: jujuContextFrom({ JUJU_DISPATCH_PATH: path, JUJU_UNIT_NAME: 'web/0' }),
      runner: queue,
      log: new JujuLog(queue),
      store,
      clock: { now: () => 0 },
      pebble: () => assert.fail('no Pebble here'),
      files: localFiles,
      readMeta: async () => ({ name: 'web' }),
    });
  return { happened, runPath };
}

test('deferred events, the event, collect-status, logs, and the commit as the last act', async () => {
  const { happened, runPath } = recorder();
  await runPath('hooks/config-changed');
  happened.length = 0;
  await runPath('hooks/update-status');
  const commands = happened.filter((line) => !line.startsWith('log '));
  assert.deepEqual(commands, [
    'application-version-set -- config-changed',
    'application-version-set -- update-status',
    'is-leader --format=json',
    'status-set --application=true waiting -- app',
    'status-set --application=false active -- ',
    'close',
  ]);
  const logs = happened.filter((line) => line.startsWith('log '));
  assert.deepEqual(logs, [
    'log config-changed',
    'log update-status',
    'log collect-app-status',
    'log collect-unit-status',
  ]);
});

test('pre-commit and commit come last, and what they change is saved', async () => {
  const happened: string[] = [];
  class TidyCharm extends CharmBase {
    #stored = this.storedState({ tidy: 0 });

    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(framework.on.commit, this.#onEnd);
      this.observe(framework.on.preCommit, this.#onEnd);
      this.observe(this.on.collectUnitStatus, (event) => void happened.push(event.kind), { id: 'collect' });
    }

    #onEnd(event: EventBase): void {
      happened.push(event.kind);
      this.#stored.tidy += 1;
      assert.throws(() => event.defer(), { code: 'not-deferrable' });
    }
  }
  const store = new MemoryStore();
  await dispatch(TidyCharm, 'hooks/start', { store });
  assert.deepEqual(happened, ['collect-unit-status', 'pre-commit', 'commit']);
  assert.deepEqual(store.contents.states.get('charm/stored'), { tidy: 2 });
});

test('the commit comes after the last log line was acknowledged', async () => {
  const { happened, runPath } = recorder();
  await runPath('hooks/config-changed');
  assert.deepEqual(happened.slice(-2), ['commit', 'close']);
  assert.equal(happened.filter((line) => line.startsWith('log ')).length, 3);
});

function collecting(unit: readonly StatusBase[], app: readonly StatusBase[] = []) {
  return class extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.collectUnitStatus, (event) => unit.forEach((status) => event.addStatus(status)), {
        id: 'unit',
      });
      this.observe(this.on.collectAppStatus, (event) => app.forEach((status) => event.addStatus(status)), {
        id: 'app',
      });
    }
  };
}

test('the most important of the collected statuses is set', async () => {
  const charm = collecting(
    [new ActiveStatus(), new MaintenanceStatus('m'), new BlockedStatus('first'), new BlockedStatus('second')],
    [new WaitingStatus('w'), new ActiveStatus()],
  );
  const { runner } = await dispatch(charm, 'hooks/start', { answers: { 'is-leader': 'true' } });
  assert.deepEqual(runner.lines, [
    'is-leader --format=json',
    'status-set --application=true waiting -- w',
    'status-set --application=false blocked -- first',
  ]);
});

test("without leadership the application's status is not collected, and without statuses none is set", async () => {
  const follower = await dispatch(collecting([new ActiveStatus()], [new ActiveStatus()]), 'hooks/start', {
    answers: { 'is-leader': 'false' },
  });
  assert.deepEqual(follower.runner.lines.slice(1), ['status-set --application=false active -- ']);
  const silent = await dispatch(collecting([]), 'hooks/start', { answers: { 'is-leader': 'true' } });
  assert.deepEqual(silent.runner.lines, ['is-leader --format=json']);
});

test('a status that only Juju sets cannot be collected', async () => {
  await assert.rejects(
    dispatch(collecting([new ErrorStatus('x')]), 'hooks/start', { answers: { 'is-leader': 'false' } }),
    { code: 'invalid-status' },
  );
});

test('an event that the charm does not know runs collect-status all the same', async () => {
  const { runner, log } = await dispatch(collecting([new ActiveStatus()]), 'hooks/leader-deposed', {
    answers: { 'is-leader': 'false' },
  });
  assert.equal(runner.lines.at(-1), 'status-set --application=false active -- ');
  assert.ok(
    log.some(
      ({ level, message }) => level === 'DEBUG' && message === 'Event leader_deposed not defined for this charm.',
    ),
  );
});

test('the signal of an event is aborted when the dispatch ends', async () => {
  const signals: AbortSignal[] = [];
  class WaitingCharm extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
    }

    #onStart(event: EventBase): void {
      signals.push(event.signal);
      assert.equal(event.signal.aborted, false);
    }
  }
  await dispatch(WaitingCharm, 'hooks/start');
  assert.deepEqual(
    signals.map((signal) => signal.aborted),
    [true],
  );
});
