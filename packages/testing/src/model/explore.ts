// Comes to the end of what a model has to do in many ways: events in other orders, hooks that are killed and run again. All of them have
// to end in the same state.

import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '@charmed/ops/internal';
import type { CrashPoint } from './crash.ts';
import { ExplorationError } from './exploration-error.ts';
import { fewest } from './fewest.ts';
import { differencesOf, outcomeOf, type Outcome } from './outcome.ts';
import { randomFrom } from './random.ts';
import { runSchedule, type Deviation, type ScheduledRun, type ScheduledStep } from './schedule.ts';
import type { Worlds } from './world.ts';

export interface ExploreOptions {
  /** How many other orders of events to try. Default: 20. */
  readonly order?: number;
  /**
   * Whether to kill each hook of the plain run after each of its commands, each change to a container, and its charm's own commit, once;
   * and one hook in each of the other orders. Default: true.
   */
  readonly crashes?: boolean;
  /** Of the first order; the others count on from it. Default: 1. */
  readonly seed?: number;
}

/** What an exploration has tried. */
export interface Explored {
  readonly runs: number;
  /** The steps of the plain run. */
  readonly steps: readonly string[];
}

/** @throws ExplorationError for the first way that ends in another state, and what the charm throws in the plain run. */
export async function exploreWorlds(worlds: Worlds, options: ExploreOptions = {}): Promise<Explored> {
  const { order = 20, crashes = true, seed = 1 } = options;
  const plain = await runSchedule(worlds, []);
  if (plain.error !== undefined) throw plain.error;
  const expected = outcomeOf(plain.worlds);
  const killed = crashes ? await tryCrashes(worlds, plain, expected) : 0;
  let runs = 1 + killed;
  for (let number = seed; number < seed + order; number += 1) {
    runs += await tryOrder(worlds, number, { crashes, expected });
  }
  return { runs, steps: plain.steps.map(({ what }) => what) };
}

/** Returns how many runs that took. */
async function tryCrashes(worlds: Worlds, plain: ScheduledRun, expected: Outcome): Promise<number> {
  let runs = 0;
  for (const [step, plainStep] of plain.steps.entries()) {
    for (const crashAfter of crashPointsOf(plainStep)) {
      runs += 1;
      // What comes before is as in the plain run; so is what comes after, if the retry leads to the same.
      const after = plain.steps[step + 1]?.before ?? plain.worlds;
      const isOver = (at: Worlds, steps: number) => steps === 2 && isDeepStrictEqual(at, after);
      const run = await runSchedule(plainStep.before, [{ step: 0, crashAfter }], { isOver });
      if (!isDeepStrictEqual(run.worlds, after) && judge(run, expected).length > 0)
        throw await smallest(worlds, { deviations: [{ step, crashAfter }], seed: undefined, expected });
    }
  }
  return runs;
}

interface Trial {
  readonly crashes: boolean;
  readonly expected: Outcome;
}

async function tryOrder(worlds: Worlds, seed: number, { crashes, expected }: Trial): Promise<number> {
  const random = randomFrom(seed);
  const { deviations, run } = await randomOrder(worlds, random);
  if (judge(run, expected).length > 0) throw await smallest(worlds, { deviations, seed, expected });
  const step = pick(run.steps.length, random);
  const killed = run.steps[step];
  if (!crashes || killed === undefined) return 1;
  const points = crashPointsOf(killed);
  const crashAfter = points[pick(points.length, random)] ?? 0;
  const withCrash = [
    ...deviations.filter((each) => each.step !== step),
    { ...deviations.find((each) => each.step === step), step, crashAfter },
  ];
  const second = await runSchedule(worlds, withCrash);
  if (judge(second, expected).length > 0) throw await smallest(worlds, { deviations: withCrash, seed, expected });
  return 2;
}

// An order is recorded as what is not the first choice, so that it can be cut down.
async function randomOrder(
  worlds: Worlds,
  random: () => number,
): Promise<{ readonly deviations: readonly Deviation[]; readonly run: ScheduledRun }> {
  const deviations: Deviation[] = [];
  let step = -1;
  const choose = (count: number) => {
    step += 1;
    const event = pick(count, random);
    if (event > 0) deviations.push({ step, event });
    return event;
  };
  const run = await runSchedule(worlds, [], { choose });
  return { deviations, run };
}

function pick(count: number, random: () => number): number {
  return Math.floor(random() * count);
}

function crashPointsOf({ commands, commits }: ScheduledStep): readonly CrashPoint[] {
  return [...Array(commands + 1).keys(), ...(commits ? (['commit'] as const) : [])];
}

function judge(run: ScheduledRun, expected: Outcome): readonly string[] {
  if (run.error !== undefined) return [`${run.steps.at(-1)?.what} has failed: ${reasonOf(run.error)}`];
  return differencesOf(expected, outcomeOf(run.worlds));
}

interface Found {
  readonly deviations: readonly Deviation[];
  readonly seed: number | undefined;
  readonly expected: Outcome;
}

async function smallest(worlds: Worlds, { deviations, seed, expected }: Found): Promise<ExplorationError> {
  const play = (fewer: readonly Deviation[]) => runSchedule(worlds, fewer);
  const kept = await fewest(deviations, async (fewer) => judge(await play(fewer), expected).length > 0);
  const run = await play(kept);
  const steps = run.steps.map(({ what }) => what);
  return new ExplorationError({ seed, deviations: kept, steps, differences: judge(run, expected) });
}
