// juju-log. Follows juju/juju internal/worker/uniter/runner/jujuc/juju-log.go.

import type { HookCommand } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const LEVELS: ReadonlySet<string> = new Set(['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']);

export const jujuLog: HookCommand = {
  name: 'juju-log',
  flags: { l: 'text', 'log-level': 'text', debug: 'flag' },
  run({ context, flags, args }) {
    if (args.length === 0) throw new UsageError('no message specified');
    const named = String(flags['log-level'] ?? flags.l ?? (flags.debug ? 'DEBUG' : 'INFO')).toUpperCase();
    const level = LEVELS.has(named) ? named : 'INFO';
    if (level !== named) context.log('WARNING', `invalid log level ${named}, using INFO`);
    context.log(level, args.join(' '));
  },
};
