// state-get, state-set and state-delete. Follow juju/juju internal/worker/uniter/runner/jujuc/state-*.go.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import { goMap } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { keyValues } from '../key-values.ts';
import { own } from '../own.ts';
import { settingsFrom } from '../settings-file.ts';
import { requireAtMost } from '../usage-error.ts';

const MAX_KEY_BYTES = 256;
const MAX_VALUE_BYTES = 65_536;

export const stateGet: HookCommand = {
  name: 'state-get',
  flags: { strict: 'flag' },
  prints: 'smart',
  run({ context, flags, args, format }) {
    requireAtMost(args, 1);
    const state = context.state.all();
    const [key = '-'] = args;
    // Without any state, Go has no map here, which only JSON shows.
    const isNone = format === 'json' && Object.keys(state).length === 0;
    if (key === '-' || key === '') return isNone ? null : goMap(state);
    const value = own(state, key);
    if (value === undefined && flags.strict) throw new HookContextError(`${quote(key)} not found`);
    return value ?? '';
  },
};

export const stateSet: HookCommand = {
  name: 'state-set',
  flags: { file: 'text' },
  run({ context, flags, args, readFile }) {
    const given = keyValues(args);
    const fromFile = flags.file ? settingsFrom(readFile(String(flags.file)).toString()) : {};
    for (const [key, value] of Object.entries({ ...fromFile, ...given })) {
      requireQuota('key', key, MAX_KEY_BYTES);
      requireQuota('value', value, MAX_VALUE_BYTES);
      context.state.set(key, value);
    }
  },
};

export const stateDelete: HookCommand = {
  name: 'state-delete',
  run({ context, args }) {
    requireAtMost(args, 1);
    const [key] = args;
    if (key) context.state.delete(key);
  },
};

function requireQuota(what: string, text: string, limit: number): void {
  if (Buffer.byteLength(text) <= limit) return;
  throw new HookContextError(`max allowed ${what} length (${limit}) exceeded quota limit exceeded`);
}
