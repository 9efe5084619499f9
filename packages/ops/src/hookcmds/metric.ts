// The hook commands of the noun "metric": arguments to argv.

import type { Operation } from '../operations/operation.ts';
import { tell } from './command.ts';
import type { HookRunner } from './runner.ts';

/** Adds to the metrics of this unit, in collect-metrics only. Juju has neither any more since 3.6.11. */
export function addMetric(
  runner: HookRunner,
  metrics: Readonly<Record<string, number>>,
  labels: Readonly<Record<string, string>> = {},
): Operation<void> {
  const pairs = pairsOf(labels);
  return tell(runner, 'add-metric', [...(pairs.length > 0 ? ['--labels', pairs.join(',')] : []), ...pairsOf(metrics)]);
}

function pairsOf(values: Readonly<Record<string, string | number>>): readonly string[] {
  return Object.entries(values).map(([key, value]) => `${key}=${value}`);
}
