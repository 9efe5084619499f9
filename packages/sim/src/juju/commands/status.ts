// status-get and status-set. Follow juju/juju internal/worker/uniter/runner/jujuc/status-get.go and status-set.go.

import type { HookCommand } from '../command.ts';
import { sorted } from '../format.ts';
import { HookContextError, type HookContext, type StatusInfo } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const SETTABLE = ['maintenance', 'blocked', 'waiting', 'active'];

export const statusGet: HookCommand = {
  name: 'status-get',
  flags: { application: 'flag', 'include-data': 'flag' },
  prints: true,
  run({ context, flags, args }) {
    requireAtMost(args, 0);
    const includeData = flags['include-data'] === true;
    if (flags.application === true) return applicationStatus(context, includeData);
    const status = context.unitStatus();
    const short = (flags.format ?? 'smart') === 'smart' && !includeData;
    return short ? status.status : shown(status, includeData);
  },
};

export const statusSet: HookCommand = {
  name: 'status-set',
  flags: { application: 'flag' },
  run({ context, flags, args }) {
    const [status, message = ''] = args;
    if (status === undefined) throw new UsageError('invalid args, require <status> [message]');
    requireAtMost(args, 2);
    if (!SETTABLE.includes(status)) {
      throw new UsageError(`invalid status ${JSON.stringify(status)}, expected one of [${SETTABLE.join(' ')}]`);
    }
    if (flags.application !== true) return context.setUnitStatus(status, message);
    if (!context.isLeader()) throw new HookContextError('this unit is not the leader');
    return context.setApplicationStatus(status, message);
  },
};

function applicationStatus(context: HookContext, includeData: boolean): unknown {
  if (!context.isLeader()) throw new HookContextError('finding application status: this unit is not the leader');
  const { application, units } = context.applicationStatus();
  const shownUnits = Object.entries(units).map(([name, status]) => [name, shown(status, includeData)] as const);
  return {
    'application-status': { ...shown(application, includeData), units: sorted(Object.fromEntries(shownUnits)) },
  };
}

function shown({ status, message, data }: StatusInfo, includeData: boolean): object {
  return includeData ? { message, status, 'status-data': sorted(data) } : { status };
}
