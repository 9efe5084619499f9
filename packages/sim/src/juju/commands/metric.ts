// add-metric. Follows juju/juju internal/worker/uniter/runner/jujuc/add-metric.go. Only collect-metrics could add any, and nothing sends that.

import type { HookCommand } from '../command.ts';
import { HookContextError } from '../hook-context.ts';
import { keyValues } from '../key-values.ts';
import { UsageError } from '../usage-error.ts';

export const addMetric: HookCommand = {
  name: 'add-metric',
  flags: { labels: 'text', l: { sameAs: 'labels' } },
  run({ args }) {
    if (args.length === 0) throw new UsageError('no metrics specified');
    keyValues(args);
    throw new HookContextError('cannot record metric: metrics not allowed in this context');
  },
};
