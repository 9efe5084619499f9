// A way to another state than the one that a model should come to.

import { OpsError } from '@charmed/ops';
import type { Deviation } from './schedule.ts';

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

function shortened({ deviations, steps }: Pick<ExplorationError, 'deviations' | 'steps'>): readonly string[] {
  return steps.slice(0, 1 + Math.max(0, ...deviations.map(({ step }) => step)));
}
