// A forgotten `await` in a charm: the work is done, and the charm is told where.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CharmBase, type CharmFramework } from '../src/charm/charm-base.ts';
import { ActiveStatus, WaitingStatus } from '../src/model/status.ts';
import { dispatch, MemoryStore } from './dispatch.ts';
import { inHandler } from './in-handler.ts';

const warningsOf = (log: readonly { level: string; message: string }[]) =>
  log.filter(({ level }) => level === 'WARNING').map(({ message }) => message);

test('what was not awaited is completed before the commit, and told of with its place', async () => {
  const { runner, log } = await inHandler(({ unit }) => void unit.setStatus(new ActiveStatus()));
  assert.deepEqual(runner.lines, ['status-set --application=false active -- ']);
  const [warning, ...others] = warningsOf(log);
  assert.deepEqual(others, []);
  assert.match(warning ?? '', /#onEvent for config-changed did not await unit\.setStatus/);
  assert.match(warning ?? '', /forgotten-await\.test\.ts:\d+:\d+/);
});

test('each forgotten operation is told of', async () => {
  const { log } = await inHandler(
    ({ unit, model }) => {
      void unit.setStatus(new WaitingStatus('a'));
      const relations = model.relations('db');
      void unit.isLeader().then(() => undefined);
      return relations === undefined;
    },
    {
      meta: { name: 'web', requires: { db: { interface: 'sql' } } },
      answers: { 'relation-ids': '[]', 'is-leader': 'true' },
    },
  );
  assert.deepEqual(
    warningsOf(log).map((warning) => /did not await (\S+)\./.exec(warning)?.[1]),
    ['unit.setStatus', 'model.relations'],
  );
});

test('one that fails, fails the dispatch, after all others have been told of', async () => {
  const store = new MemoryStore();
  const log: string[] = [];
  class ForgetfulCharm extends CharmBase {
    #stored = this.storedState({ seen: false });

    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
      framework.logger.log = (level, message) => void log.push(`${level} ${message}`);
    }

    #onStart(): void {
      this.#stored.seen = true;
      void this.unit.setWorkloadVersion('1');
      void this.unit.setStatus(new ActiveStatus());
      void this.unit.setWorkloadVersion('2');
    }
  }
  const answers = { 'application-version-set -- 1': { code: 1, stderr: 'ERROR no version' } };
  await assert.rejects(dispatch(ForgetfulCharm, 'hooks/start', { store, answers }), {
    code: 'forgotten-await',
    message: /#onStart for start did not await unit\.setWorkloadVersion.*no version/s,
  });
  assert.equal(store.commits, 0);
  assert.deepEqual(
    log.filter((line) => line.startsWith('WARNING')).map((line) => /did not await (\S+)\./.exec(line)?.[1]),
    ['unit.setStatus', 'unit.setWorkloadVersion'],
  );
});

test('where tests ask for it, a forgotten await fails at once', async () => {
  const run = inHandler(({ unit }) => void unit.setStatus(new ActiveStatus()), { strict: true });
  await assert.rejects(run, { code: 'forgotten-await', message: /forgotten-await\.test\.ts/ });
});

test('a charm that awaits everything is not bothered', async () => {
  const { log } = await inHandler(
    async ({ unit }) => {
      await Promise.all([unit.setStatus(new ActiveStatus()), unit.setWorkloadVersion('1')]);
      const status = unit.setStatus(new WaitingStatus(''));
      await status;
    },
    { strict: true },
  );
  assert.deepEqual(warningsOf(log), []);
});

test('the constructor is a handler like any other', async () => {
  class EagerCharm extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      void this.unit.setStatus(new ActiveStatus());
    }
  }
  const { log, runner } = await dispatch(EagerCharm, 'hooks/start');
  assert.deepEqual(runner.lines, ['status-set --application=false active -- ']);
  assert.match(warningsOf(log).join('\n'), /the constructor of EagerCharm did not await unit\.setStatus/);
});

test('an operation that outlives its handler is refused in the next one', async () => {
  let late: Promise<unknown> | undefined;
  class TardyCharm extends CharmBase {
    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.start, this.#onStart);
      this.observe(this.on.collectUnitStatus, this.#onCollect);
    }

    #onStart(): void {
      late = new Promise((resolve) => {
        setTimeout(() => resolve(this.unit.setStatus(new ActiveStatus()).catch((error: unknown) => error)), 1);
      });
    }

    async #onCollect(): Promise<void> {
      await late;
    }
  }
  const { runner } = await dispatch(TardyCharm, 'hooks/start');
  assert.deepEqual(runner.lines, []);
  const error = await late;
  assert.ok(error instanceof Error && 'code' in error);
  assert.equal(error.code, 'operation-after-handler');
  assert.match(error.message, /#onStart for start/);
});
