// status-get and status-set. Follow juju/juju internal/worker/uniter/runner/jujuc/status-get.go and status-set.go.

import { quote } from '@charmed/ops/internal';
import type { CommandCall, HookCommand } from '../command.ts';
import type { StatusInfo } from '../context/status.ts';
import { goData, goMap } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const SETTABLE = ['maintenance', 'blocked', 'waiting', 'active'];

export const statusGet: HookCommand = {
  name: 'status-get',
  flags: { application: 'flag', 'include-data': 'flag' },
  prints: 'smart',
  run(call) {
    requireAtMost(call.args, 0);
    return call.flags.application ? applicationStatus(call) : shown(call, call.context.statuses.unit());
  },
};

export const statusSet: HookCommand = {
  name: 'status-set',
  flags: { application: 'flag' },
  run({ context, flags, args }) {
    const [status, message = ''] = args;
    if (status === undefined) throw new UsageError('invalid args, require <status> [message]');
    if (!SETTABLE.includes(status)) {
      throw new UsageError(`invalid status ${quote(status)}, expected one of [${SETTABLE.join(' ')}]`);
    }
    requireAtMost(args, 2);
    if (!flags.application) return context.statuses.setUnit(status, message);
    if (!context.isLeader()) throw new HookContextError('this unit is not the leader');
    return context.statuses.setApplication(status, message);
  },
};

function applicationStatus(call: CommandCall): unknown {
  const { context } = call;
  if (!context.isLeader()) throw new HookContextError('finding application status: this unit is not the leader');
  const { application, units } = context.statuses.application();
  if (isShort(call)) return application.status;
  const unitDetails = Object.entries(units).map(([name, status]) => [name, details(call, status)] as const);
  const ofUnits = goMap(Object.fromEntries(unitDetails));
  return goMap({ 'application-status': new Map<string, unknown>([...details(call, application), ['units', ofUnits]]) });
}

function shown(call: CommandCall, status: StatusInfo): unknown {
  return isShort(call) ? status.status : details(call, status);
}

function isShort({ format, flags }: CommandCall): boolean {
  return format === 'smart' && !flags['include-data'];
}

function details({ flags }: CommandCall, { message, status, data }: StatusInfo): ReadonlyMap<string, unknown> {
  return goMap<unknown>(flags['include-data'] ? { message, status, 'status-data': goData(data) } : { status });
}
