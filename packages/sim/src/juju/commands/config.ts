// config-get. Follows juju/juju internal/worker/uniter/runner/jujuc/config-get.go.

import { quote } from '@charmed/ops/internal';
import { type HookCommand } from '../command.ts';
import { own } from '../own.ts';
import { goMap } from '../go/value.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const configGet: HookCommand = {
  name: 'config-get',
  flags: { all: 'flag', a: { sameAs: 'all' } },
  prints: 'smart',
  run({ context, flags, args }) {
    const [key = ''] = args;
    if (key && flags.all) throw new UsageError(`cannot use argument --all together with key ${quote(key)}`);
    requireAtMost(args, 1);
    const options = context.config();
    if (key) return own(options, key);
    const shown = Object.entries(options).filter(([, value]) => flags.all || value !== null);
    return goMap(Object.fromEntries(shown));
  },
};
