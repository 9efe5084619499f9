// state-get, state-set and state-delete. Follow juju/juju internal/worker/uniter/runner/jujuc/state-*.go.

import type { HookCommand } from '../command.ts';
import { sorted } from '../format.ts';
import { HookContextError } from '../hook-context.ts';
import { keyValues, settingsFrom } from '../key-values.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const MAX_KEY_BYTES = 256;
const MAX_VALUE_BYTES = 65_536;

export const stateGet: HookCommand = {
  name: 'state-get',
  flags: { strict: 'flag' },
  prints: true,
  run({ context, flags, args }) {
    requireAtMost(args, 1);
    const state = context.charmState();
    const [key = '-'] = args;
    if (key === '-' || key === '') return sorted(state);
    const value = Object.hasOwn(state, key) ? state[key] : undefined;
    if (value === undefined && flags.strict) throw new HookContextError(`${JSON.stringify(key)} not found`);
    return value;
  },
};

export const stateSet: HookCommand = {
  name: 'state-set',
  flags: { file: 'text' },
  run({ context, flags, args, readFile }) {
    const fromFile = flags.file === undefined ? {} : settingsFrom(readFile(String(flags.file)));
    for (const [key, value] of Object.entries({ ...fromFile, ...keyValues(args) })) {
      requireQuota('key', key, MAX_KEY_BYTES);
      requireQuota('value', value, MAX_VALUE_BYTES);
      context.setCharmState(key, value);
    }
  },
};

export const stateDelete: HookCommand = {
  name: 'state-delete',
  run({ context, args }) {
    requireAtMost(args, 1);
    const [key] = args;
    if (key === '') throw new UsageError('state key cannot be empty');
    if (key !== undefined) context.deleteCharmState(key);
  },
};

function requireQuota(what: string, text: string, limit: number): void {
  if (Buffer.byteLength(text) <= limit) return;
  throw new HookContextError(`max allowed ${what} length (${limit}) exceeded quota limit exceeded`);
}
