// config-get. Follows juju/juju internal/worker/uniter/runner/jujuc/config-get.go.

import { type HookCommand } from '../command.ts';
import { sorted } from '../format.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const configGet: HookCommand = {
  name: 'config-get',
  flags: { a: 'flag', all: 'flag' },
  prints: true,
  run({ context, flags, args }) {
    requireAtMost(args, 1);
    const [key = ''] = args;
    if (key && (flags.a || flags.all)) {
      throw new UsageError(`cannot use argument --all together with key ${JSON.stringify(key)}`);
    }
    return key ? context.config()[key] : sorted(context.config());
  },
};
