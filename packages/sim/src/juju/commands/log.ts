// juju-log. Follows juju/juju internal/worker/uniter/runner/jujuc/juju-log.go.

import { quote } from '@charmed/ops/internal';
import type { GivenFlags } from '../arguments.ts';
import type { HookCommand } from '../command.ts';
import type { HookContext } from '../hook-context.ts';
import { own } from '../own.ts';
import { UsageError } from '../usage-error.ts';

const LEVELS: Readonly<Record<string, string>> = {
  CRITICAL: 'CRITICAL',
  DEBUG: 'DEBUG',
  ERROR: 'ERROR',
  INFO: 'INFO',
  TRACE: 'TRACE',
  WARN: 'WARNING',
  WARNING: 'WARNING',
};

export const jujuLog: HookCommand = {
  name: 'juju-log',
  flags: { 'log-level': 'text', l: { sameAs: 'log-level' }, debug: 'flag' },
  formatIsDeprecated: true,
  run({ context, flags, args }) {
    if (args.length === 0) throw new UsageError('no message specified');
    const { current } = context.relations;
    const relation = current && context.relations.get(current.id);
    const about = relation ? `${relation.endpoint}:${relation.id}: ` : '';
    context.log(flags.debug ? 'DEBUG' : levelFrom(flags['log-level'], context), `${about}${args.join(' ')}`);
  },
};

function levelFrom(name: GivenFlags[string], context: HookContext): string {
  if (!name) return 'INFO';
  const level = own(LEVELS, String(name).toUpperCase());
  if (level === undefined) context.log('WARNING', `Specified log level of ${quote(String(name))} is not valid`);
  return level ?? 'INFO';
}
