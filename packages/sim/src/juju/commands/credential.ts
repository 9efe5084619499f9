// credential-get. Follows juju/juju internal/worker/uniter/runner/jujuc/credential-get.go.

import type { HookCommand } from '../command.ts';
import { goData } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost } from '../usage-error.ts';

export const credentialGet: HookCommand = {
  name: 'credential-get',
  prints: 'smart',
  run({ context, args }) {
    requireAtMost(args, 0);
    try {
      return goData(context.cloudSpec());
    } catch (error) {
      if (!(error instanceof HookContextError)) throw error;
      throw new HookContextError(`cannot access cloud credentials: ${error.message}`);
    }
  },
};
