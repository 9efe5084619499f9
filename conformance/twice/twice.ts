// Runs one charm twice, as it is written for Python ops and for this library: real processes over the same events of the same simulated
// model. What Juju saw of both has to be equal.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { MetaSource } from '@charmed/ops/internal';
import { addApplication, type ModelState } from '@charmed/sim/model';
import { testWithPeers } from '../peers.ts';
import { SimulatedModel } from '../simulated/model.ts';
import { SimulatedUnit, type Dispatch } from '../simulated/unit.ts';
import { changesOf } from './changes.ts';

const MAX_DISPATCHES = 40;

/** What a user, or the rest of the model, does next. After it the unit runs its events until there are none, or one fails. */
export type Step = (model: SimulatedModel) => void;

export interface Scenario {
  readonly meta: MetaSource;
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  /** The unit that runs the charms: `web/0`, which leads, or `web/1`, which does not. Default: `web/0`. */
  readonly unit?: 'web/0' | 'web/1';
  /** The unit has its first hooks, up to start, behind it when it gets the charm, which saves time. Default: false. */
  readonly started?: boolean;
  /** Before the charm's first event. */
  readonly before?: Step;
  readonly steps?: readonly Step[];
}

const nothing: Step = () => undefined;
/** A failed hook runs again. */
export const retry: Step = nothing;

/** What Juju saw of one dispatch. */
interface Seen {
  readonly path: string;
  readonly code: number | null;
  readonly changes: Readonly<Record<string, readonly string[]>>;
}

interface Run {
  readonly seen: readonly Seen[];
  readonly dispatches: readonly Dispatch[];
  readonly model: ModelState;
}

/** A test that the charms in `folder`, charm.py and charm.ts, do the same. */
export function testTwice(name: string, folder: string, scenario: Scenario): void {
  testTwins(name, folder, scenario, ({ python, ours }) => {
    const told = `Python:\n${describe(python)}\nTypeScript:\n${describe(ours)}`;
    assert.deepEqual(ours.seen, python.seen, told);
    assert.deepEqual(ours.model, python.model);
    const didNothing = python.seen.every(({ changes }) => Object.keys(changes).length === 0);
    assert.ok(!didNothing, `nothing happened\n${told}`);
  });
}

/** A test of where they differ on purpose: it says what each of them does. */
export function testDifference(
  name: string,
  folder: string,
  scenario: Scenario,
  check: (seen: { readonly python: readonly Seen[]; readonly ours: readonly Seen[] }) => void,
): void {
  testTwins(name, folder, scenario, ({ python, ours }) => check({ python: python.seen, ours: ours.seen }));
}

function testTwins(
  name: string,
  folder: string,
  scenario: Scenario,
  check: (runs: { readonly python: Run; readonly ours: Run }) => void,
): void {
  testWithPeers(name, ['python', 'hook-command'], async (t) => {
    const [python, ours] = await Promise.all([
      runScenario(t, join(folder, 'charm.py'), scenario),
      runScenario(t, join(folder, 'charm.ts'), scenario),
    ]);
    check({ python, ours });
  });
}

async function runScenario(t: TestContext, charm: string, scenario: Scenario): Promise<Run> {
  const { meta, config = {}, unit: name = 'web/0', started = false, before = nothing, steps = [] } = scenario;
  const model = new SimulatedModel(name);
  model.change((state, at) => addApplication(state, { name: 'web', charm: meta, config, units: 2 }, at));
  const unit = new SimulatedUnit(t, model, name, meta);
  if (started) model.runWithoutCharm();
  const dispatches: Dispatch[] = [];
  for (const step of [before, ...steps]) {
    step(model);
    const { failed } = model;
    if (failed !== undefined) dispatches.push(await unit.dispatch(charm, failed));
    for (let event = model.next; event !== undefined; event = model.next) {
      dispatches.push(await unit.dispatch(charm, event));
      assert.ok(dispatches.length <= MAX_DISPATCHES, 'the events do not end');
    }
  }
  return { seen: dispatches.map(seenOf), dispatches, model: model.state };
}

function seenOf({ path, code, calls }: Dispatch): Seen {
  return { path, code, changes: changesOf(calls) };
}

function describe({ dispatches }: Run): string {
  return dispatches
    .map(({ path, code, log, stderr }) => {
      const lines = log.filter((line) => !line.startsWith('DEBUG') && !line.startsWith('TRACE'));
      return [`  ${path} -> ${code}`, ...lines, stderr.trim()].filter((line) => line !== '').join('\n    ');
    })
    .join('\n');
}
