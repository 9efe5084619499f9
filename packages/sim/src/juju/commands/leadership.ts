// is-leader. Follows juju/juju internal/worker/uniter/runner/jujuc/is-leader.go.

import type { HookCommand } from '../command.ts';
import { requireAtMost } from '../usage-error.ts';

export const isLeader: HookCommand = {
  name: 'is-leader',
  prints: 'smart',
  run({ context, args }) {
    requireAtMost(args, 0);
    return context.isLeader();
  },
};
