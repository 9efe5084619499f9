// juju-reboot. Follows juju/juju internal/worker/uniter/runner/jujuc/reboot.go.

import type { HookCommand } from '../command.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost } from '../usage-error.ts';

export const jujuReboot: HookCommand = {
  name: 'juju-reboot',
  flags: { now: 'flag' },
  run({ context, flags, args }) {
    requireAtMost(args, 0);
    if (context.action) throw new HookContextError('juju-reboot is not supported when running an action.');
    context.requestReboot(flags.now ? 'now' : 'after-hook');
  },
};
