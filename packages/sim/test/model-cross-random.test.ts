// Whatever happens in two related models, in whatever order: they come to agree, and when all is removed, nothing is left in either.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addUnits,
  applyEffect,
  consume,
  emptyModel,
  exchange,
  integrate,
  ModelCommandError,
  NO_CHANGES,
  offerOf,
  removeApplication,
  removeConsumed,
  removeRelation,
  removeUnit,
  settle,
  type HookChanges,
  type ModelState,
  type RelationState,
} from '@charmed/sim/model';
import fc from 'fast-check';
import { begin, deploy, end, GUESTBOOK, KV } from './model-driver.ts';

type Models = readonly [apps: ModelState, data: ModelState];

const APPS = '00000000-0000-4000-8000-00000000000a';
const DATA = '00000000-0000-4000-8000-00000000000d';

function connected(models: Models): Models {
  let known = models;
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const [apps = known[0], data = known[1]] = exchange(known).map(settle);
    if (apps === known[0] && data === known[1]) return known;
    known = [apps, data];
  }
  assert.fail('the models tell each other the same for ever');
}

function deployed(): Models {
  const model = (name: string, uuid: string) => emptyModel({ name, uuid, version: '3.6.11' });
  const data = deploy(model('data', DATA), 'kv', KV);
  const apps = deploy(model('apps', APPS), 'web', { ...GUESTBOOK, requires: { db: { interface: 'kv' } } });
  const both = deploy(apps, 'other', { name: 'other', requires: { db: { interface: 'kv' } } });
  const consuming = consume(both, offerOf(data, 'kv:db'), 'store');
  const related = ['web', 'other'].reduce((state, name) => settle(integrate(state, name, 'store')), consuming);
  return connected([related, data]);
}

type Step = (models: Models) => Models;

const on =
  (which: 0 | 1, change: (state: ModelState, other: ModelState) => ModelState): Step =>
  (models) => {
    try {
      const next = settle(change(models[which], models[which === 0 ? 1 : 0]));
      return which === 0 ? [next, models[1]] : [models[0], next];
    } catch (error) {
      if (error instanceof ModelCommandError) return models; // a command that does not fit changes nothing
      throw error;
    }
  };

const last = (state: ModelState) => Object.keys(state.units).at(-1) ?? '';

// A hook that publishes something, of the unit that is due after so many others.
const hook =
  (index: number, value: number): Step =>
  (models) => {
    const due = ([0, 1] as const).flatMap((which) =>
      Object.keys(models[which].units)
        .map((unit) => [which, unit] as const)
        .filter(([, unit]) => begin(models[which], unit)),
    );
    const [which, unit] = due[index % Math.max(due.length, 1)] ?? [];
    const begun = which === undefined || unit === undefined ? undefined : begin(models[which], unit);
    if (which === undefined || begun === undefined) return models;
    const ids = Object.keys(begun.state.units[begun.hook.unit]?.relations ?? {});
    const settings = Object.fromEntries(ids.map((id) => [id, { value: String(value) }]));
    const secrets = value === 1 ? granted(begun.state, begun.hook.unit, ids) : NO_CHANGES.secrets;
    const next = end(begun.state, begun.hook, { unitSettings: settings, applicationSettings: settings, secrets });
    return which === 0 ? [next, models[1]] : [models[0], next];
  };

// The offering side has a secret for all relations, and gives it another content each time.
function granted(state: ModelState, unit: string, ids: readonly string[]): HookChanges['secrets'] {
  const remotes = ids.flatMap((id) => {
    const remote = state.relations[id]?.endpoints.find(({ application }) => application in state.remotes);
    return remote === undefined ? [] : [{ relation: Number(id), application: remote.application, unit: null }];
  });
  if (state.model.uuid !== DATA || remotes.length === 0) return NO_CHANGES.secrets;
  const id = `${unit.replace('/', '').padStart(19, '0')}0`;
  const known = state.secrets[id];
  const change = { content: { key: String(known?.latest ?? 0) } };
  const isGranted = ({ relation }: (typeof remotes)[number]) =>
    known?.grants.some((grant) => grant.relation === relation);
  return {
    ...NO_CHANGES.secrets,
    ...(known ? { updates: { [id]: change } } : { creates: { [id]: { owner: { kind: 'unit', name: unit }, change } } }),
    grants: { [id]: remotes.filter((remote) => !isGranted(remote)) },
  };
}

// A unit of the consuming model reads the latest revision of a secret that it was granted.
const read =
  (index: number): Step =>
  ([apps, data]) => {
    const [secret] = Object.values(apps.secrets);
    const readers = new Set(secret?.grants.map(({ application }) => application));
    const units = Object.values(apps.units).flatMap(({ name, application }) => (readers.has(application) ? name : []));
    const unit = units[index % Math.max(units.length, 1)];
    if (secret === undefined || unit === undefined) return [apps, data];
    const effect = { kind: 'secret-read', secret: secret.id, revision: secret.latest, label: undefined } as const;
    return [settle(applyEffect(apps, unit, effect, 't')), data];
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: fc.tuple(fc.nat(20), fc.nat(3)).map(([index, value]) => hook(index, value)) },
  { weight: 4, arbitrary: fc.nat(3).map(read) },
  {
    weight: 2,
    arbitrary: fc.constant(on(0, (state, other) => consume(state, offerOf(other, 'kv:db'), 'store'))),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('web', 'other').map((name) => on(0, (state) => integrate(state, name, 'store'))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('web', 'other').map((name) => on(0, (state) => removeRelation(state, name, 'store'))),
  },
  { weight: 1, arbitrary: fc.constant(on(0, (state) => removeConsumed(state, 'store'))) },
  {
    weight: 1,
    arbitrary: fc.constant(on(1, (state) => removeRelation(state, 'kv', Object.keys(state.remotes)[0] ?? 'none'))),
  },
  { weight: 1, arbitrary: fc.constant(on(0, (state) => addUnits(state, 'web', 1, 't'))) },
  { weight: 1, arbitrary: fc.constant(on(1, (state) => addUnits(state, 'kv', 1, 't'))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1).map((which) => on(which === 0 ? 0 : 1, (state) => removeUnit(state, last(state)))),
  },
);

const steps = fc.array(step, { maxLength: 120, size: 'max' });

function play(all: readonly Step[]): Models {
  return all.reduce<Models>((models, each) => connected(each(models)), deployed());
}

function runUntilQuiet(models: Models): Models {
  let next = models;
  for (let hooks = 0; hooks < 2000; hooks += 1) {
    const after = connected(hook(0, 0)(next));
    if (after === next) return next;
    next = after;
  }
  assert.fail('the models do not come to rest');
}

test('related models come to agree on who is in a relation, and on the settings', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const models = runUntilQuiet(play(all));
      assert.deepEqual(connected(models), models);
      const [apps, data] = models;
      const tokens = (state: ModelState) => new Set(crossing(state).map(({ token }) => token));
      assert.deepEqual(tokens(apps), tokens(data));
      for (const { id, revisions, consumers, grants } of Object.values(apps.secrets)) {
        assert.deepEqual(Object.keys(revisions), Object.keys(data.secrets[id]?.revisions ?? {}));
        const readers = Object.keys(data.secrets[id]?.consumers ?? {}).filter((unit) => unit.startsWith('remote-'));
        const mayRead = Object.keys(consumers).filter((unit) =>
          grants.some((grant) => unit.startsWith(grant.application)),
        );
        assert.ok(readers.length >= mayRead.length && readers.length <= Object.keys(consumers).length);
      }
      for (const here of crossing(apps)) {
        const there = crossing(data).find(({ token }) => token === here.token);
        assert.ok(there);
        assert.deepEqual(membersOf(here), membersOf(there));
      }
    }),
    { numRuns: 100 },
  );
});

test('when all applications are removed, nothing is left', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const emptied = play([
        ...all,
        on(0, (state) => removeApplication(state, 'web')),
        on(0, (state) => removeApplication(state, 'other')),
        on(1, (state) => removeApplication(state, 'kv')),
        on(0, (state) => removeConsumed(state, 'store')),
      ]);
      for (const { units, relations, applications, remotes, secrets } of runUntilQuiet(emptied)) {
        assert.deepEqual([units, relations, applications, remotes, secrets], [{}, {}, {}, {}, {}]);
      }
    }),
    { numRuns: 100 },
  );
});

function crossing(state: ModelState): readonly RelationState[] {
  return Object.values(state.relations).filter(({ token }) => token !== undefined);
}

// By role and number, since each side has its own name for the other.
function membersOf({ endpoints, units, applications }: RelationState): Record<string, unknown> {
  const role = (name: string) => endpoints.find(({ application }) => application === name.replace(/\/\d+$/, ''))?.role;
  const joined = Object.entries(units).filter(([, { scope }]) => scope === 'joined');
  const bags = [...joined, ...Object.entries(applications)];
  return Object.fromEntries(
    bags.map(([name, { settings }]) => [`${role(name)}${/\/\d+$/.exec(name)?.[0] ?? ''}`, settings]),
  );
}
