// Whatever users and units do, in whatever order: the events of each unit keep to Juju's rules.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addUnits,
  containerReady,
  enqueueAction,
  failedEvent,
  integrate,
  ModelCommandError,
  removeApplication,
  removeRelation,
  removeUnit,
  setConfig,
  settle,
  type BegunHook,
  type ModelState,
  type UnitEvent,
} from '@charmed/sim/model';
import type { MetaSource } from '@charmed/ops/internal';
import fc from 'fast-check';
import { begin, deploy, emptyTestModel, end, GUESTBOOK, KV, runHook, runUntilQuiet } from './model-driver.ts';

interface Life {
  state: ModelState;
  /** The events of each unit whose hooks succeeded. */
  readonly events: Map<string, UnitEvent[]>;
  readonly running: Map<string, BegunHook>;
}
type Step = (life: Life) => void;

const command =
  (change: (state: ModelState) => ModelState): Step =>
  (life) => {
    try {
      life.state = settle(change(life.state));
    } catch (error) {
      if (!(error instanceof ModelCommandError)) throw error; // a command that does not fit changes nothing
    }
  };

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(items.length, 1)];

// Hooks of several units overlap: a step begins one that is due, or ends one that runs.
const hook =
  (index: number, fails: boolean, value: number): Step =>
  (life) => {
    const units = Object.keys(life.state.units).filter(
      (unit) => life.running.has(unit) || begin(life.state, unit) !== undefined,
    );
    const unit = pick(units, index);
    if (unit === undefined) return;
    const running = life.running.get(unit);
    if (running === undefined) {
      const begun = begin(life.state, unit);
      if (begun !== undefined) life.running.set(unit, begun.hook);
      life.state = begun?.state ?? life.state;
      return;
    }
    const ids = Object.keys(life.state.units[unit]?.relations ?? {});
    const unitSettings = Object.fromEntries(ids.map((id) => [id, { value: String(value) }]));
    life.running.delete(unit);
    life.state = end(life.state, running, fails ? 'fail' : { unitSettings });
    if (!fails) life.events.set(unit, [...(life.events.get(unit) ?? []), running.event]);
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.nat(20), fc.nat(5), fc.nat(3)).map(([unit, fate, value]) => hook(unit, fate === 0, value)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('web', 'kv', 'kv').map((name) => command((state) => addUnits(state, name, 1, 't'))),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat(20)
      .map((index) => command((state) => removeUnit(state, pick(Object.keys(state.units), index) ?? ''))),
  },
  { weight: 2, arbitrary: fc.constant(command((state) => integrate(state, 'web', 'kv'))) },
  { weight: 1, arbitrary: fc.constant(command((state) => removeRelation(state, 'web', 'kv'))) },
  { weight: 1, arbitrary: fc.nat(9).map((port) => command((state) => setConfig(state, 'web', { port }))) },
  {
    weight: 1,
    arbitrary: fc
      .nat(9)
      .map((index) => command((state) => containerReady(state, pick(webUnits(state), index) ?? '', 'web'))),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat(9)
      .map((index) =>
        command((state) => enqueueAction(state, pick(webUnits(state), index) ?? '', 'backup', {}, 't').state),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('logs', 'info')
      .map((name) => command((state) => integrate(state, 'kv', `agent:${name}`))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('logs', 'info')
      .map((name) => command((state) => removeRelation(state, 'kv', `agent:${name}`))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('kv', 'agent').map((name) => command((state) => removeApplication(state, name))),
  },
);

const AGENT: MetaSource = {
  name: 'agent',
  subordinate: true,
  requires: { logs: { interface: 'syslog', scope: 'container' }, info: { interface: 'juju-info', scope: 'container' } },
};
const LOGGED_KV: MetaSource = { ...KV, provides: { ...KV.provides, logs: { interface: 'syslog' } } };

function deployed(): ModelState {
  return deploy(deploy(deploy(emptyTestModel(), 'kv', LOGGED_KV), 'web', GUESTBOOK), 'agent', AGENT);
}

function checkSubordinates({ units }: ModelState): void {
  const subordinates = Object.values(units).flatMap(({ principal }) => principal ?? []);
  assert.equal(new Set(subordinates).size, subordinates.length, 'a principal has one unit of the subordinate');
  for (const principal of subordinates) assert.ok(units[principal], `${principal} stays as long as its subordinate`);
}

const webUnits = (state: ModelState) => Object.keys(state.units).filter((unit) => unit.startsWith('web/'));

test('any interleaving of commands, hooks and failures keeps the order of events', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const life: Life = {
        state: deployed(),
        events: new Map(),
        running: new Map(),
      };
      for (const each of steps) {
        each(life);
        assert.deepEqual(JSON.parse(JSON.stringify(life.state)), life.state, 'the state is plain JSON');
        checkSubordinates(life.state);
      }
      for (const [unit, events] of life.events) checkUnit(unit, events, life.state.units[unit] === undefined);
    }),
    { numRuns: 150 },
  );
});

test('a model that is emptied ends without units, relations and applications', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const life: Life = {
        state: deployed(),
        events: new Map(),
        running: new Map(),
      };
      for (const each of steps) each(life);
      for (const name of Object.keys(life.state.applications)) command((state) => removeApplication(state, name))(life);
      for (const each of life.running.values()) life.state = end(life.state, each);
      for (const unit of Object.keys(life.state.units)) {
        while (life.state.units[unit] !== undefined && failedEvent(life.state, unit) !== undefined)
          life.state = runHook(life.state, unit);
      }
      const { state } = runUntilQuiet(life.state);
      assert.deepEqual([state.units, state.relations, state.applications], [{}, {}, {}]);
    }),
    { numRuns: 200 },
  );
});

function checkUnit(unit: string, events: readonly UnitEvent[], gone: boolean): void {
  const hooks = events.filter(({ kind }) => kind !== 'action');
  if (hooks.length === 0) return;
  assert.equal(hooks[0]?.kind, 'install', unit);
  assert.equal(hooks.filter(({ kind }) => kind === 'install').length, 1);
  if (gone) assert.equal(events.at(-1)?.kind, 'remove', `${unit} ends with remove`);
  const kinds = hooks.map(({ kind }) => kind);
  const configured = kinds.indexOf('config-changed');
  assert.equal(
    kinds.indexOf('start'),
    configured === -1 || configured === kinds.length - 1 ? -1 : configured + 1,
    'start follows config-changed',
  );
  const ids = new Set(hooks.flatMap((event) => ('relationId' in event ? [event.relationId] : [])));
  for (const id of ids)
    checkRelation(
      unit,
      hooks.flatMap((event) => ('relationId' in event && event.relationId === id ? [event] : [])),
    );
}

function checkRelation(unit: string, events: readonly Extract<UnitEvent, { relationId: number }>[]): void {
  const [first, ...rest] = events;
  assert.equal(first?.kind, 'relation-created', `${unit} begins each relation with created`);
  const joined = new Set<string>();
  rest.forEach((event, index) => {
    if (event.kind === 'relation-joined') {
      joined.add(event.remoteUnit ?? '');
      const next = rest[index + 1];
      if (next !== undefined)
        assert.deepEqual(
          [next.kind, next.remoteUnit],
          ['relation-changed', event.remoteUnit],
          'changed follows joined',
        );
    } else if (event.kind === 'relation-departed') assert.ok(joined.delete(event.remoteUnit), 'who departs had joined');
    else if (event.kind === 'relation-broken')
      assert.deepEqual([joined.size, index], [0, rest.length - 1], 'broken comes last');
    else if (event.remoteUnit !== undefined) assert.ok(joined.has(event.remoteUnit), 'joined comes before changed');
  });
}
