import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { runHookCommand } from '../juju/run-hook-command.ts';
import { addApplication } from './application.ts';
import { beginHook, commitHook, failHook } from './commit.ts';
import { applyEffect } from './effect.ts';
import type { UnitEvent } from './event.ts';
import { HookDraft } from './hook-draft.ts';
import { nextEvent } from './next-event.ts';
import { integrate } from './relation.ts';
import { settle } from './settle.ts';
import { emptyModel, type ModelState } from './state.ts';

const WEB: MetaSource = {
  name: 'web',
  requires: { db: { interface: 'kv' } },
  config: { options: { port: { type: 'int', default: 80 } } },
};
const KV: MetaSource = { name: 'kv', provides: { db: { interface: 'kv' } } };

test('a hook sees what it has changed; the model sees it when the hook has succeeded', () => {
  const hook = begin(related(), 'kv/0', { kind: 'config-changed' });
  hook.run('relation-set', '-r', '0', 'host=a', 'port=1');
  hook.run('relation-set', '-r', '0', 'port=');
  hook.run('relation-set', '-r', '0', '--app', 'tls=yes');
  hook.run('open-port', '80');
  hook.run('state-set', 'k=v');
  assert.equal(hook.run('relation-get', '-r', '0', 'host', 'kv/0'), 'a');
  assert.equal(hook.run('opened-ports'), '80/tcp');
  assert.equal(hook.run('state-get', 'k'), 'v');

  assert.deepEqual(hook.state().relations, hook.before.relations);
  const failed = failHook(hook.state(), 'kv/0', 't');
  assert.deepEqual(failed.relations, hook.before.relations);
  assert.deepEqual([failed.units['kv/0']?.openedPorts, failed.units['kv/0']?.charmState], [[], {}]);

  const committed = commitHook(hook.state(), hook.draft.hook, hook.draft.changes(), 't');
  const relation = committed.relations[0];
  assert.deepEqual(relation?.units['kv/0']?.settings, {
    ...hook.before.relations[0]?.units['kv/0']?.settings,
    host: 'a',
  });
  assert.deepEqual(relation?.applications.kv?.settings, { tls: 'yes' });
  assert.deepEqual(committed.units['kv/0']?.openedPorts, [{ endpoint: '', protocol: 'tcp', from: 80, to: 80 }]);
  assert.deepEqual(committed.units['kv/0']?.charmState, { k: 'v' });
});

test('statuses and the workload version are seen at once', () => {
  const hook = begin(related(), 'kv/0', { kind: 'config-changed' });
  hook.run('status-set', 'waiting', 'for it');
  hook.run('status-set', '--application', 'blocked', 'all');
  hook.run('application-version-set', '1.2');
  assert.equal(hook.run('status-get'), 'waiting');
  const failed = failHook(hook.state(), 'kv/0', 't');
  assert.equal(failed.units['kv/0']?.workloadStatus.message, 'for it');
  assert.deepEqual(
    [failed.applications.kv?.status?.status, failed.applications.kv?.workloadVersion],
    ['blocked', '1.2'],
  );
});

test('remote units are those that this unit was told of', () => {
  const joining = begin(related(), 'web/0', joined('relation-joined'));
  assert.equal(joining.run('relation-list', '-r', '0'), 'kv/0');
  assert.equal(joining.run('relation-get', 'private-address'), joining.before.units['kv/0']?.address);
  assert.equal(begin(related(), 'web/0', { kind: 'start' }).run('relation-list', '-r', '0'), '');
  assert.equal(begin(related(), 'web/0', { kind: 'start' }).run('relation-ids', 'db'), 'db:0');
});

test('what changes elsewhere while a hook runs is news for a later one', () => {
  const before = related();
  const slow = begin(before, 'web/0', joined('relation-joined'));
  const quick = begin(slow.state(), 'kv/0', { kind: 'config-changed' });
  quick.run('relation-set', '-r', '0', 'host=a');
  const changed = commitHook(quick.state(), quick.draft.hook, quick.draft.changes(), 't');
  assert.equal(slow.run('relation-get', 'host'), '');
  const after = commitHook(changed, slow.draft.hook, slow.draft.changes(), 't');
  assert.equal(after.units['web/0']?.relations[0]?.members['kv/0'], 0);
  assert.deepEqual(nextEvent(after, 'web/0'), joined('relation-changed'));
});

function joined(kind: 'relation-joined' | 'relation-changed'): UnitEvent {
  return { kind, relationId: 0, endpoint: 'db', remoteApp: 'kv', remoteUnit: 'kv/0' };
}

// Both units are past their start, with no relation hook but relation-created behind them.
function related(): ModelState {
  const empty = emptyModel({ name: 'test', uuid: '00000000-0000-4000-8000-000000000001', version: '3.6.11' });
  const both = [WEB, KV].reduce((state, charm) => addApplication(state, { name: charm.name, charm }, 't'), empty);
  let state = settle(integrate(settle(both), 'web', 'kv'));
  for (const unit of ['web/0', 'kv/0']) {
    while (!state.units[unit]?.started) {
      const event = nextEvent(state, unit) ?? { kind: 'start' };
      const hook = begin(state, unit, event);
      state = commitHook(hook.state(), hook.draft.hook, hook.draft.changes(), 't');
    }
  }
  return state;
}

function begin(before: ModelState, unit: string, event: UnitEvent) {
  let state = beginHook(before, unit, event, 't');
  const draft = new HookDraft(
    { unit, event, base: state },
    {
      effect: (effect) => {
        state = applyEffect(state, unit, effect, 't');
      },
      log: () => {},
    },
  );
  const run = (command: string, ...args: readonly string[]): string => {
    const { code, stdout, stderr } = runHookCommand(draft, command, args);
    assert.equal(code, 0, stderr);
    return stdout.trim().replace(/^- /, '');
  };
  return { before, draft, run, state: () => state };
}
