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
  const { runner } = await dispatch(Rebooting, 'hooks/install', { store, answers: { 'juju-reboot': answer } });
  return { lines: runner.lines, commits: store.commits };
}

test('a reboot at the end of the hook lets the hook go on', async () => {
  assert.deepEqual(await rebooting(false), {
    lines: ['juju-reboot', 'application-version-set -- after'],
    commits: 1,
  });
});

test('a reboot now never returns, and nothing is committed', async () => {
  assert.deepEqual(await rebooting(true), { lines: ['juju-reboot --now'], commits: 0 });
});

test('a reboot that Juju refuses is an error like any other', async () => {
  const refusal = { code: 1, stderr: 'ERROR juju-reboot is not supported when running an action.' };
  await assert.rejects(rebooting(true, refusal), { code: 'hook-command-failed', message: /not supported/ });
});
