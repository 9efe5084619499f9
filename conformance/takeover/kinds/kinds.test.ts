// Deferred events of every kind that Python ops can defer reach a charm on this library with all that they carry.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { addApplication } from '@charmed/sim/model';
import { peerPath, testWithPeers } from '../../peers.ts';
import { SimulatedModel } from '../../simulated/model.ts';
import { SimulatedUnit } from '../../simulated/unit.ts';

const META = {
  name: 'web',
  requires: { 'my-db': { interface: 'sql' } },
  storage: { data: { type: 'filesystem' } },
  containers: { web: {} },
} as const;
const SECRET = 'secret:9m4e2mr0ui3e8a215n4g';

testWithPeers('deferred events of every kind are taken over', ['python', 'hook-command'], async (t) => {
  const model = new SimulatedModel('web/0');
  model.change((state, at) => addApplication(state, { name: 'web', charm: META }, at));
  const unit = new SimulatedUnit(t, model, 'web/0', META);
  execFileSync(peerPath('python'), ['-B', join(import.meta.dirname, 'defer_all.py'), unit.charmDir]);
  const { code, log } = await unit.dispatch(join(import.meta.dirname, 'charm.ts'), { kind: 'stop' });
  assert.equal(code, 0, log.join('\n'));
  const said = log.filter((line) => line.startsWith('INFO [')).map((line) => JSON.parse(line.slice('INFO '.length)));
  assert.deepEqual(said, [
    ['install'],
    ['start'],
    ['update-status'],
    ['config-changed'],
    ['upgrade-charm'],
    ['leader-elected'],
    ['my-db-relation-created', 7, 'sql', null, null],
    ['my-db-relation-joined', 7, 'sql', 'sql/0', null],
    ['my-db-relation-changed', 7, 'sql', null, null],
    ['my-db-relation-departed', 7, 'sql', 'sql/0', 'web/0'],
    ['my-db-relation-broken', 7, 'sql', null, null],
    ['data-storage-attached', 'data/3', '/srv/data'],
    ['data-storage-detaching', 'data/3', '/srv/data'],
    ['web-pebble-ready', 'web'],
    ['web-pebble-custom-notice', 'web', '12', 'custom', 'example.com/key'],
    ['web-pebble-check-failed', 'web', 'up'],
    ['web-pebble-check-recovered', 'web', 'up'],
    ['secret-changed', SECRET, 'login'],
    ['secret-remove', SECRET, null, 5],
  ]);
});
