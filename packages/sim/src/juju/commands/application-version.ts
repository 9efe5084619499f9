// application-version-set. Follows juju/juju internal/worker/uniter/runner/jujuc/application-version-set.go.

import type { HookCommand } from '../command.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const applicationVersionSet: HookCommand = {
  name: 'application-version-set',
  run({ context, args }) {
    const [version] = args;
    if (version === undefined) throw new UsageError('no version specified');
    requireAtMost(args, 1);
    context.setWorkloadVersion(version);
  },
};
