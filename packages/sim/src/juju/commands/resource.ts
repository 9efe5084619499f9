// resource-get. Follows juju/juju internal/worker/uniter/runner/jujuc/resource-get.go.

import type { HookCommand } from '../command.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const resourceGet: HookCommand = {
  name: 'resource-get',
  run({ context, args }) {
    const [name] = args;
    if (name === undefined) throw new UsageError('missing required resource name');
    requireAtMost(args, 1);
    try {
      return context.resourcePath(name);
    } catch (error) {
      if (!(error instanceof HookContextError)) throw error;
      throw new HookContextError(`could not download resource: ${error.message}`);
    }
  },
};
