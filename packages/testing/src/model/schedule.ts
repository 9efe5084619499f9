// In which order the events of a model come, and which of its hooks are killed.

import type { LogLevel } from '@charmed/ops';
import type { UnitEvent } from '@charmed/sim/model';
import { connected } from './cluster.ts';
import type { CrashPoint } from './crash.ts';
import type { ExecArgs } from '../run/exec-args.ts';
import { nextOf, runUnit, type Ran } from './run-unit.ts';
import { unsettled } from './unsettled.ts';
import type { World, Worlds } from './world.ts';

/** One step that is not as it would be without a schedule. */
export interface Deviation {
  /** Which step of the run, from 0. */
  readonly step: number;
  /** Which of the events that may come next does, in the order of the units' names. Default: 0. */
  readonly event?: number;
  /**
   * After how many hook commands and changes to containers it is killed; `commit`: after it has committed what it stores, before Juju
   * does. Default: never.
   */
  readonly crashAfter?: CrashPoint;
}

export interface ScheduledStep {
  /** Such as `web/0 start`. */
  readonly what: string;
  /** How many hook commands and changes to containers it took. */
  readonly commands: number;
  /** Whether its charm has kept anything for the next hook. */
  readonly commits: boolean;
  /** The models when it began. */
  readonly before: Worlds;
}

export interface ScheduledRun {
  readonly worlds: Worlds;
  readonly steps: readonly ScheduledStep[];
  readonly error?: unknown;
}

/** After so many steps a model is not expected to come to rest: each unit tells each other one a number of things. */
function mostSteps(worlds: Worlds): number {
  const units = worlds.reduce((count, { state }) => count + Object.keys(state.units).length, 0);
  return 1000 + 100 * units ** 2;
}

/** Runs the units of all models one after another until none has anything to do, or a charm fails. */
export async function runSchedule(
  start: Worlds,
  deviations: readonly Deviation[],
  options: {
    /** @param model which one of them. */
    readonly log?: (model: number, unit: string, level: LogLevel, message: string) => void;
    readonly onExec?: (model: number, unit: string, container: string, args: ExecArgs) => void;
    /** Chooses among so many where no deviation does. Default: the first. */
    readonly choose?: (count: number) => number;
    /** Whether nothing of interest can come any more, after so many steps. Default: never. */
    readonly isOver?: (worlds: Worlds, steps: number) => boolean;
  } = {},
): Promise<ScheduledRun> {
  const { log = () => undefined, choose = () => 0, isOver = () => false } = options;
  const byStep = new Map(deviations.map((deviation) => [deviation.step, deviation]));
  const steps: ScheduledStep[] = [];
  const limit = mostSteps(start);
  let worlds = start;
  for (let due = dueEvents(worlds); due.length > 0 && !isOver(worlds, steps.length); due = dueEvents(worlds)) {
    if (steps.length >= limit) return { worlds, steps, error: unsettled(limit) };
    const deviation = byStep.get(steps.length);
    const next = due[(deviation?.event ?? choose(due.length)) % due.length];
    if (next === undefined) break;
    const { model, world, unit, event } = next;
    const ran: Ran = await runUnit(world, unit, event, {
      crashAfter: deviation?.crashAfter,
      log: (level, message) => log(model, unit, level, message),
      onExec: (container, args) => options.onExec?.(model, unit, container, args),
    });
    const { commands, commits } = ran;
    const what = `${start.length > 1 ? `${world.state.model.name}: ` : ''}${ran.what}${describeCrash(deviation?.crashAfter)}`;
    steps.push({ what, commands, commits, before: worlds });
    worlds = connected(worlds.with(model, ran.world));
    if (ran.error !== undefined) return { worlds, steps, error: ran.error };
  }
  return { worlds, steps };
}

function describeCrash(after: CrashPoint | undefined): string {
  if (after === undefined) return '';
  return after === 'commit' ? ', killed after its own commit' : `, killed after ${after} commands`;
}

interface DueEvent {
  readonly model: number;
  readonly world: World;
  readonly unit: string;
  readonly event: UnitEvent;
}

/** What may come next, model by model, by the units' names. */
function dueEvents(worlds: Worlds): readonly DueEvent[] {
  return worlds.flatMap((world, model) =>
    Object.keys(world.state.units)
      .toSorted()
      .flatMap((unit) => nextOf(world.state, unit).map((event) => ({ model, world, unit, event }))),
  );
}
