// Reboots: at the end of the hook, or in the middle of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dispatch, MemoryStore } from '../../test/dispatch.ts';
import type { Answer } from '../../test/scripted-runner.ts';
import { CharmBase, type CharmFramework } from '../charm/charm-base.ts';

async function rebooting(now: boolean, answer: Answer = '') {
  class Rebooting extends CharmBase {
    readonly #stored = this.storedState({ upgraded: false });

    constructor(framework: CharmFramework) {
      super(framework);
      this.observe(this.on.install, this.#onInstall);
    }

    async #onInstall(): Promise<void> {
      this.#stored.upgraded = true;
      await this.unit.reboot({ now });
      await this.unit.setWorkloadVersion('after');
    }
  }
  const store = new MemoryStore();
  const { runner, log } = await dispatch(Rebooting, 'hooks/install', { store, answers: { 'juju-reboot': answer } });
  return { lines: runner.lines, commits: store.commits, log };
}

test('a reboot at the end of the hook lets the hook go on', async () => {
  const { lines, commits } = await rebooting(false);
  assert.deepEqual([lines, commits], [['juju-reboot', 'application-version-set -- after'], 1]);
});

test('a reboot is a security event', async () => {
  const { log } = await rebooting(false);
  const events = log.filter(({ level }) => level === 'TRACE').map(({ message }) => JSON.parse(message));
  assert.deepEqual(
    events.map(({ level, event, description }) => [level, event, description]),
    [['WARN', 'sys_restart:0', "Rebooting unit 'web/0' in model 'test'"]],
  );
});

test('a reboot now never returns, and nothing is committed', async () => {
  const { lines, commits } = await rebooting(true);
  assert.deepEqual([lines, commits], [['juju-reboot --now'], 0]);
});

test('a reboot that Juju refuses is an error like any other', async () => {
  const refusal = { code: 1, stderr: 'ERROR juju-reboot is not supported when running an action.' };
  await assert.rejects(rebooting(true, refusal), { code: 'hook-command-failed', message: /not supported/ });
});
