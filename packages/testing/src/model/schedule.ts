// In which order the events of a model come, and which of its hooks are killed.

import type { LogLevel, OpsError } from '@charmed/ops';
import type { UnitEvent } from '@charmed/sim/model';
import type { CrashPoint } from './crash.ts';
import type { ExecArgs } from '../run/exec-args.ts';
import { nextOf, runUnit, type Ran } from './run-unit.ts';
import type { World } from './world.ts';

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
  /** The model when it began. */
  readonly before: World;
}

export interface ScheduledRun {
  readonly world: World;
  readonly steps: readonly ScheduledStep[];
  readonly error?: unknown;
}

/** After so many steps a model is not expected to come to rest. */
const MAX_STEPS = 10_000;

/** Runs units one after another until none has anything to do, or a charm fails. */
export async function runSchedule(
  start: World,
  deviations: readonly Deviation[],
  options: {
    readonly log?: (unit: string, level: LogLevel, message: string) => void;
    readonly onExec?: (unit: string, container: string, args: ExecArgs) => void;
    /** Chooses among so many where no deviation does. Default: the first. */
    readonly choose?: (count: number) => number;
    /** Whether nothing of interest can come any more, after so many steps. Default: never. */
    readonly isOver?: (world: World, steps: number) => boolean;
    readonly unsettled: () => OpsError;
  },
): Promise<ScheduledRun> {
  const { log = () => undefined, choose = () => 0, isOver = () => false } = options;
  const byStep = new Map(deviations.map((deviation) => [deviation.step, deviation]));
  const steps: ScheduledStep[] = [];
  let world = start;
  for (let due = dueEvents(world); due.length > 0 && !isOver(world, steps.length); due = dueEvents(world)) {
    if (steps.length >= MAX_STEPS) return { world, steps, error: options.unsettled() };
    const deviation = byStep.get(steps.length);
    const next = due[(deviation?.event ?? choose(due.length)) % due.length];
    if (next === undefined) break;
    const { unit, event } = next;
    const ran: Ran = await runUnit(world, unit, event, {
      crashAfter: deviation?.crashAfter,
      log: (level, message) => log(unit, level, message),
      onExec: (container, args) => options.onExec?.(unit, container, args),
    });
    const { what, commands, commits } = ran;
    steps.push({ what: `${what}${describeCrash(deviation?.crashAfter)}`, commands, commits, before: world });
    ({ world } = ran);
    if (ran.error !== undefined) return { world, steps, error: ran.error };
  }
  return { world, steps };
}

function describeCrash(after: CrashPoint | undefined): string {
  if (after === undefined) return '';
  return after === 'commit' ? ', killed after its own commit' : `, killed after ${after} commands`;
}

/** What may come next, by the units' names. */
function dueEvents({ state }: World): readonly { readonly unit: string; readonly event: UnitEvent }[] {
  return Object.keys(state.units)
    .toSorted()
    .flatMap((unit) => nextOf(state, unit).map((event) => ({ unit, event })));
}
