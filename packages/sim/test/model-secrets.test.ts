// Secrets over a model: who has them, who reads them, and who is told of what.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addApplication,
  enqueueAction,
  integrate,
  removeApplication,
  removeRelation,
  removeUnit,
} from '@charmed/sim/model';
import fc from 'fast-check';
import { TestModel } from './test-model.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST = 'cvq0000000000000001g';

// Two units of db, of which the first one leads, and two of web; related.
function model(): TestModel {
  const made = new TestModel();
  const db = { name: 'db', provides: { db: { interface: 'sql' } }, actions: { rotate: {} } };
  const web = { name: 'web', requires: { db: { interface: 'sql' } } };
  made.change((state, at) => addApplication(state, { name: 'db', charm: db, units: 2 }, at));
  made.change((state, at) => addApplication(state, { name: 'web', charm: web, units: 2 }, at));
  made.change((state) => integrate(state, 'web', 'db'));
  settleAll(made);
  return made;
}

function settleAll(made: TestModel): void {
  for (let busy = true; busy;) {
    busy = Object.keys(made.state.units).some((unit) => made.settle(unit).length > 0);
  }
}

test('a secret is there when the hook that adds it has succeeded', () => {
  const made = model();
  const failing = made.begin('db/0');
  assert.equal(failing.print('secret-add password=hunter2 --label admin'), `secret:${FIRST}`);
  assert.equal(failing.print(`secret-get ${FIRST} password`), 'hunter2');
  assert.equal(failing.print('secret-get --label admin'), 'password: hunter2');
  assert.equal(failing.print('secret-ids'), FIRST);
  failing.fail();
  assert.deepEqual(made.state.secrets, {});

  made.hook('db/0', 'secret-add password=hunter2 --label admin --description why');
  const [ids, info] = made.hook('db/0', 'secret-ids', 'secret-info-get --label admin');
  assert.equal(ids, 'cvq0000000000000002g');
  assert.equal(
    info,
    'cvq0000000000000002g:\n  revision: 1\n  label: admin\n  owner: application\n  description: why\n  rotation: never',
  );
});

test('the leader has the secrets of its application; the others read them', () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one');
  const follower = made.begin('db/1');
  assert.equal(follower.refused('secret-add key=one'), 'this unit is not the leader');
  for (const command of [`secret-set ${secret} key=two`, `secret-remove ${secret}`, `secret-grant ${secret} -r 0`])
    assert.equal(follower.refused(command), 'this unit is not the leader', command);
  assert.equal(follower.print(`secret-get ${secret} key`), 'one');
  assert.equal(follower.print('secret-ids'), '');
  const own = follower.print('secret-add --owner unit key=three');
  follower.succeed();
  const leader = made.begin('db/0');
  assert.equal(leader.refused(`secret-get ${own}`), 'permission denied');
  assert.equal(leader.refused(`secret-info-get ${own}`), `secret "${own.slice('secret:'.length)}" not found`);
});

test('a grant lets an application or one unit read, for as long as there is the relation', () => {
  const made = model();
  const [forAll = '', forOne = ''] = made.hook('db/0', 'secret-add key=all', 'secret-add key=one');
  const read = (unit: string, secret: string) => {
    const hook = made.begin(unit);
    const { stdout } = hook.run(`secret-get --peek ${secret} key`);
    hook.succeed();
    return stdout.trimEnd();
  };
  assert.equal(read('web/0', forAll), '');
  made.hook('db/0', `secret-grant ${forAll} -r 0`, `secret-grant ${forOne} -r 0 --unit web/1`);
  assert.deepEqual([read('web/0', forAll), read('web/1', forAll)], ['all', 'all']);
  assert.deepEqual([read('web/0', forOne), read('web/1', forOne)], ['', 'one']);
  const [info = ''] = made.hook('db/0', `secret-info-get ${forOne}`);
  assert.match(info, / access:\n {2}- target: unit-web-1\n {4}scope: relation-web\.db#db\.db\n {4}role: view/);
  made.hook('db/0', `secret-revoke ${forOne} --unit web/1`);
  assert.equal(read('web/1', forOne), '');
  made.change((state) => removeRelation(state, 'web', 'db'));
  settleAll(made);
  assert.equal(read('web/0', forAll), '');
});

test('a unit keeps to the revision that it read until it refreshes, and is told of a new one', () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one --label own');
  made.hook('db/0', `secret-grant ${secret} -r 0`);
  assert.deepEqual(made.hook('web/0', `secret-get ${secret} key --label theirs`), ['one']);
  assert.deepEqual(made.settle('web/0'), []);
  made.hook('db/0', `secret-set ${secret} key=two`);
  assert.deepEqual(made.settle('web/1'), [], 'who has not read it is not told');
  assert.deepEqual(made.settle('web/0'), ['secret-changed theirs/2']);
  assert.deepEqual(
    made.hook('web/0', 'secret-get --label theirs', `secret-get --peek ${secret} key`, `secret-get ${secret} key`),
    ['key: one', 'two', 'one'],
  );
  assert.deepEqual(made.settle('db/0'), [], 'the first revision is in use');
  assert.deepEqual(made.hook('web/0', `secret-get --refresh ${secret} key`, `secret-get ${secret} key`), [
    'two',
    'two',
  ]);
  assert.deepEqual(made.settle('db/0'), ['secret-remove own/1']);
  assert.deepEqual(made.settle('db/1'), []);
  made.hook('db/0', `secret-remove ${secret} --revision 1`);
  assert.deepEqual(Object.keys(made.state.secrets[FIRST]?.revisions ?? {}), ['2']);
  made.hook('db/0', `secret-set ${secret} key=two`);
  assert.equal(made.state.secrets[FIRST]?.latest, 2, 'the same content makes no revision');
  made.hook('db/0', `secret-remove ${secret}`);
  assert.equal(made.begin('web/0').refused(`secret-get ${secret}`), `secret "${FIRST}" not found`);
});

test('an owner sees in its hook what it changes', () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one');
  const hook = made.begin('db/0');
  hook.print(`secret-set ${secret} key=two --label new --rotate daily`);
  assert.equal(hook.print(`secret-get ${secret} key`), 'one');
  assert.equal(hook.print(`secret-get --peek ${secret} key`), 'two');
  assert.equal(hook.print(`secret-get --refresh ${secret} key`), 'two');
  assert.match(hook.print('secret-info-get --label new'), /rotation: daily/);
  hook.succeed();
  assert.deepEqual(made.hook('db/0', `secret-get ${secret} key`), ['two']);
});

test("Juju's own order of things: a removal undoes what came before, and the last grant to a relation counts", () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one');
  made.hook('db/0', `secret-set ${secret} key=two`);
  made.hook('db/0', `secret-set ${secret} key=three`, `secret-remove ${secret} --revision 1`);
  assert.deepEqual(Object.keys(made.state.secrets[FIRST]?.revisions ?? {}), ['2']);
  made.hook('db/0', `secret-remove ${secret}`, `secret-set ${secret} key=four`);
  assert.equal(made.state.secrets[FIRST]?.latest, 3);
  made.hook('db/0', `secret-grant ${secret} -r 0 --unit web/0`, `secret-grant ${secret} -r 0 --unit web/1`);
  assert.deepEqual(
    made.state.secrets[FIRST]?.grants.map(({ unit }) => unit),
    ['web/1'],
  );
  const hook = made.begin('db/0');
  hook.print('secret-add key=one --label twice');
  assert.equal(hook.refused('secret-add key=two --label twice'), 'secret with label "twice" already exists');
});

test('the hook fails, with all that it changed, when a change of a secret is refused', () => {
  const made = model();
  const [taken = ''] = made.hook('db/0', 'secret-add key=one --label taken', 'secret-add key=two');
  const refused = (unit: string, ...commands: string[]) => {
    const hook = made.begin(unit);
    hook.print('open-port 80');
    for (const command of commands) hook.print(command);
    hook.succeed();
    assert.equal(made.state.units[unit]?.hook?.step, 'failed', commands.join('; '));
    assert.deepEqual(made.state.units[unit]?.openedPorts, []);
  };
  refused('db/0', 'secret-add key=three --label taken');
  refused('db/0', 'secret-set cvq0000000000000002g --label taken');
  refused('db/0', 'secret-set cvq0000000000000009g key=one');
  refused('web/0', `secret-set ${taken} key=four`);
  refused('web/0', `secret-remove ${taken}`);
  assert.equal(Object.keys(made.state.secrets).length, 2);
});

test('an action whose changes are refused has failed, and says why', () => {
  const made = model();
  const { state, task } = enqueueAction(made.state, 'db/0', 'rotate', {}, made.now);
  made.state = state;
  const action = made.begin('db/0', { kind: 'action', task: task.id, action: 'rotate' });
  action.print('action-set done=yes');
  action.print('secret-set cvq0000000000000009g key=one');
  const ended = action.finish(task.id);
  assert.deepEqual([ended?.status, ended?.message], ['failed', 'committing requested changes failed']);
  assert.deepEqual(ended?.results, {
    done: 'yes',
    stderr: 'updating secrets: secret "cvq0000000000000009g" not found',
    'return-code': 1,
  });
});

test('a secret that rotates is due again after its time, or soon when nothing was done', () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one --rotate daily');
  made.pass(DAY - 1);
  assert.deepEqual(made.settle('db/0'), []);
  made.pass(1);
  assert.deepEqual(made.settle('db/1'), [], 'only the leader is told');
  assert.deepEqual(made.settle('db/0'), ['secret-rotate /0']);
  made.pass(5 * MINUTE);
  const event = made.next('db/0');
  assert.equal(event?.kind, 'secret-rotate');
  const rotating = made.begin('db/0', event);
  rotating.print(`secret-set ${secret} key=two`);
  rotating.succeed();
  assert.deepEqual(made.settle('db/0'), ['secret-remove /1']);
  made.pass(DAY - 1);
  assert.deepEqual(made.settle('db/0'), []);
  made.pass(1);
  assert.deepEqual(made.settle('db/0'), ['secret-rotate /0']);
  made.hook('db/0', `secret-set ${secret} --rotate never`);
  made.pass(9 * DAY);
  assert.deepEqual(made.settle('db/0'), []);
});

test('a revision that has expired is announced again and again until it is removed', () => {
  const made = model();
  const [secret = ''] = made.hook('db/0', 'secret-add key=one --expire 1h');
  made.pass(60 * MINUTE);
  assert.deepEqual(made.settle('db/0'), ['secret-expired /1']);
  assert.deepEqual(made.settle('db/0'), []);
  made.pass(5 * MINUTE);
  const expired = made.begin('db/0', made.next('db/0'));
  expired.print(`secret-set ${secret} key=two`);
  expired.succeed();
  assert.deepEqual(made.settle('db/0'), ['secret-remove /1']);
  made.hook('db/0', `secret-remove ${secret} --revision 1`);
  made.pass(9 * DAY);
  assert.deepEqual(made.settle('db/0'), []);
});

test('secrets go with their owner', () => {
  const made = model();
  made.hook('db/0', 'secret-add key=one');
  made.hook('db/1', 'secret-add key=two --owner unit');
  made.change((state) => removeUnit(state, 'db/1'));
  settleAll(made);
  assert.deepEqual(Object.keys(made.state.secrets), [FIRST]);
  made.change((state) => removeApplication(state, 'db'));
  settleAll(made);
  assert.deepEqual(made.state.secrets, {});
});

type Step =
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'get'; readonly unit: string; readonly how: '' | '--refresh ' | '--peek ' }
  | { readonly kind: 'settle' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), value: fc.constantFrom('a', 'b', 'c') }),
  fc.record({
    kind: fc.constant('get' as const),
    unit: fc.constantFrom('db/0', 'db/1', 'web/0', 'web/1'),
    how: fc.constantFrom('' as const, '--refresh ' as const, '--peek ' as const),
  }),
  fc.record({ kind: fc.constant('settle' as const) }),
);

test('whoever reads a secret gets the revision of its own last refresh, and each obsolete revision is announced once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const made = model();
      const [secret = ''] = made.hook('db/0', 'secret-add key=a');
      made.hook('db/0', `secret-grant ${secret} -r 0`);
      const revisions = ['a'];
      const tracked = new Map<string, number>();
      const announced: string[] = [];
      const latest = () => revisions.at(-1) ?? '';
      for (const each of steps) {
        if (each.kind === 'set') {
          made.hook('db/0', `secret-set ${secret} key=${each.value}`);
          if (each.value !== latest()) revisions.push(each.value);
        } else if (each.kind === 'settle') announced.push(...made.settle('db/0'));
        else {
          if (each.how === '--refresh ' || !tracked.has(each.unit)) tracked.set(each.unit, revisions.length);
          const expected = each.how === '--peek ' ? latest() : revisions[(tracked.get(each.unit) ?? 0) - 1];
          assert.deepEqual(made.hook(each.unit, `secret-get ${each.how}${secret} key`), [expected]);
        }
      }
      settleAll(made);
      assert.deepEqual(JSON.parse(JSON.stringify(made.state)), made.state, 'the state is plain JSON');
      const removals = announced.filter((event) => event.startsWith('secret-remove'));
      assert.equal(new Set(removals).size, removals.length);
      const inUse = new Set([revisions.length, ...tracked.values()]);
      const told = made.state.secrets[FIRST]?.announced ?? [];
      for (let number = 1; number <= revisions.length; number += 1)
        if (!inUse.has(number)) assert.ok(told.includes(number), `revision ${number}`);
    }),
    { numRuns: 100 },
  );
});
