// Comes to the end of what a model has to do in many ways: units in other orders, hooks that are killed and run again. All of them have to
// end in the same state.

import { OpsError, reasonOf } from '@charmed/ops/internal';
import type { CrashPoint } from './crash.ts';
import { differencesOf, outcomeOf } from './outcome.ts';
import { randomFrom } from './random.ts';
import { runSchedule, type Deviation, type ScheduledRun, type ScheduledStep } from './schedule.ts';
import { unsettled } from './unsettled.ts';
import type { World } from './world.ts';

export interface ExploreOptions {
  /** How many other orders of units to try. Default: 20. */
  readonly order?: number;
  /** Whether to kill each hook after each of its commands and after its charm's own commit, once. Default: true. */
  readonly crashes?: boolean;
  /** Of the orders. Default: 1. */
  readonly seed?: number;
}

/** What an exploration has tried. */
export interface Explored {
  readonly runs: number;
  /** The steps of the plain run. */
  readonly steps: readonly string[];
}

/** A way to another state. `replay` takes its deviations. */
export class ExplorationError extends OpsError {
  /** The seed of the order, if it was one of those. */
  readonly seed: number | undefined;
  /** As few as do it. */
  readonly deviations: readonly Deviation[];
  /** What happened, step by step. */
  readonly steps: readonly string[];
  /** What is not the same at the end. */
  readonly differences: readonly string[];

  constructor(found: Pick<ExplorationError, 'seed' | 'deviations' | 'steps' | 'differences'>) {
    const origin = found.seed === undefined ? 'a killed hook' : `the order of seed ${found.seed}`;
    const lines = [
      `the model does not come to the same state with ${origin}.`,
      ...found.differences.map((difference) => `  ${difference}`),
      `Steps, up to the last one that is not as in the plain run:`,
      ...shortened(found).map((step, index) => `  ${index + 1}. ${step}`),
      `Replay it: await model.replay(${JSON.stringify(found.deviations)})`,
    ];
    super('not-convergent', lines.join('\n'));
    this.seed = found.seed;
    this.deviations = found.deviations;
    this.steps = found.steps;
    this.differences = found.differences;
  }
}

/** @throws ExplorationError for the first way that ends in another state, and what the charm throws in the plain run. */
export async function exploreWorld(world: World, options: ExploreOptions = {}): Promise<Explored> {
  const { order = 20, crashes = true, seed = 1 } = options;
  const plain = await runSchedule(world, [], { unsettled });
  if (plain.error !== undefined) throw plain.error;
  const expected = outcomeOf(plain.world);
  for (let number = seed; number < seed + order; number += 1) {
    const deviations = await randomOrder(world, number);
    const run = await runSchedule(world, deviations, { unsettled });
    if (judge(run, expected).length > 0) throw await smallest(world, { deviations, of: number, expected });
  }
  let runs = 1 + order;
  for (const [step, plainStep] of crashes ? plain.steps.entries() : []) {
    for (const crashAfter of crashPointsOf(plainStep)) {
      runs += 1;
      // What comes before is as in the plain run.
      const run = await runSchedule(plainStep.before, [{ step: 0, crashAfter }], { unsettled });
      if (judge(run, expected).length > 0)
        throw await smallest(world, { deviations: [{ step, crashAfter }], of: undefined, expected });
    }
  }
  return { runs, steps: plain.steps.map(({ what }) => what) };
}

function crashPointsOf({ commands, commits }: ScheduledStep): readonly CrashPoint[] {
  return [...Array(commands + 1).keys(), ...(commits ? (['commit'] as const) : [])];
}

function judge(run: ScheduledRun, expected: ReturnType<typeof outcomeOf>): readonly string[] {
  if (run.error !== undefined) return [`${run.steps.at(-1)?.what} has failed: ${reasonOf(run.error)}`];
  return differencesOf(expected, outcomeOf(run.world));
}

// An order is recorded as what is not the first choice, so that it can be cut down.
async function randomOrder(world: World, seed: number): Promise<readonly Deviation[]> {
  const random = randomFrom(seed);
  const deviations: Deviation[] = [];
  let step = -1;
  const choose = (count: number) => {
    step += 1;
    const unit = Math.floor(random() * count);
    if (unit > 0) deviations.push({ step, unit });
    return unit;
  };
  await runSchedule(world, [], { choose, unsettled });
  return deviations;
}

interface Found {
  readonly deviations: readonly Deviation[];
  readonly of: number | undefined;
  readonly expected: ReturnType<typeof outcomeOf>;
}

// Leaves out one deviation after another, as long as the state at the end stays another one.
async function smallest(world: World, { deviations, of: seed, expected }: Found): Promise<ExplorationError> {
  let kept = deviations;
  for (const deviation of deviations.toReversed()) {
    const fewer = kept.filter((each) => each !== deviation);
    if (judge(await runSchedule(world, fewer, { unsettled }), expected).length > 0) kept = fewer;
  }
  const run = await runSchedule(world, kept, { unsettled });
  const steps = run.steps.map(({ what }) => what);
  return new ExplorationError({ seed, deviations: kept, steps, differences: judge(run, expected) });
}

function shortened({ deviations, steps }: Pick<ExplorationError, 'deviations' | 'steps'>): readonly string[] {
  return steps.slice(0, 1 + Math.max(0, ...deviations.map(({ step }) => step)));
}
