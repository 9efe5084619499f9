// action-get, action-set, action-log and action-fail. Follow juju/juju internal/worker/uniter/runner/jujuc/action-*.go.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import type { ActionContext } from '../context/action.ts';
import { goData } from '../go/value.ts';
import { HookContextError, type HookContext } from '../hook-context.ts';
import { own } from '../own.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const KEY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const RESERVED: ReadonlySet<string> = new Set(['stdout', 'stdout-encoding', 'stderr', 'stderr-encoding']);

export const actionGet: HookCommand = {
  name: 'action-get',
  prints: 'smart',
  run({ context, args }) {
    requireAtMost(args, 1);
    const [key] = args;
    const { params } = requireAction(context);
    const value = key === undefined ? params : key.split('.').reduce<unknown>(descend, params);
    return goData(value);
  },
};

export const actionSet: HookCommand = {
  name: 'action-set',
  run({ context, args }) {
    const results = args.map(result);
    const action = requireAction(context);
    for (const [key, value] of results) action.setResult(key, value);
  },
};

export const actionLog: HookCommand = {
  name: 'action-log',
  run({ context, args }) {
    if (args.length === 0) throw new UsageError('no message specified');
    requireAction(context).log(args.join(' '));
  },
};

export const actionFail: HookCommand = {
  name: 'action-fail',
  run({ context, args }) {
    requireAtMost(args, 1);
    requireAction(context).fail(args[0] ?? 'action failed without reason given, check action for errors');
  },
};

function requireAction({ action }: HookContext): ActionContext {
  if (action) return action;
  throw new HookContextError('not running an action');
}

function result(arg: string): readonly [string, string] {
  const equals = arg.indexOf('=');
  if (equals < 0) throw new UsageError(`argument ${quote(arg)} must be of the form key...=value`);
  const key = arg.slice(0, equals);
  for (const part of key.split('.')) {
    if (!KEY.test(part)) {
      const rule =
        'must start and end with lowercase alphanumeric, and contain only lowercase alphanumeric, hyphens and periods';
      throw new UsageError(`key ${quote(part)} ${rule}`);
    }
    if (RESERVED.has(part)) throw new UsageError(`cannot set reserved action key "${part}"`);
  }
  return [key, arg.slice(equals + 1)];
}

function descend(value: unknown, key: string): unknown {
  return isRecord(value) ? own(value, key) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
