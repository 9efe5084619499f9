// secret-add, secret-set and secret-remove. Follow juju/juju internal/worker/uniter/runner/jujuc/secret-add.go, secret-set.go and
// secret-remove.go.

import { parseDuration, quote } from '@charmed/ops/internal';
import type { FlagKinds } from '../arguments.ts';
import type { CommandCall, HookCommand } from '../command.ts';
import type { RotatePolicy, SecretChange } from '../context/secret.ts';
import { parseInt0 } from '../go/integer.ts';
import { parseTime } from '../go/time.ts';
import { HookContextError } from '../hook-context.ts';
import { secretDataIn } from '../secret-data.ts';
import { secretIdIn } from '../secret-id.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const CHANGE_FLAGS: FlagKinds = {
  expire: 'text',
  rotate: 'text',
  description: 'text',
  label: 'text',
  file: 'text',
  owner: 'text',
};
const POLICIES = ['never', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

export const secretAdd: HookCommand = {
  name: 'secret-add',
  flags: CHANGE_FLAGS,
  run(call) {
    if (call.args.length === 0 && !call.flags.file) throw new UsageError('missing secret value or filename');
    const { owner, change } = changeIn(call, call.args);
    const { content } = change;
    if (content === undefined) throw new HookContextError('empty secret value not valid');
    return `secret:${call.context.secrets.add(owner, { ...change, content })}\n`;
  },
};

export const secretSet: HookCommand = {
  name: 'secret-set',
  flags: CHANGE_FLAGS,
  run(call) {
    const [uri, ...values] = call.args;
    if (uri === undefined) throw new UsageError('missing secret URI');
    const id = secretIdIn(uri);
    call.context.secrets.update(id, changeIn(call, values).change);
  },
};

export const secretRemove: HookCommand = {
  name: 'secret-remove',
  flags: { revision: (text) => parseInt0(text) },
  run({ context, flags, args }) {
    const [uri] = args;
    if (uri === undefined) throw new UsageError('missing secret URI');
    const id = secretIdIn(uri);
    requireAtMost(args, 1);
    const revision = flags.revision === undefined ? 0 : parseInt0(String(flags.revision));
    context.secrets.remove(id, revision > 0 ? revision : undefined);
  },
};

// What is given empty is not given.
function changeIn(call: CommandCall, args: readonly string[]): { owner: 'application' | 'unit'; change: SecretChange } {
  const { expire, rotate, description, label, owner = 'application' } = call.flags;
  const parsed = {
    ...(expire && { expire: expiryIn(String(expire)) }),
    ...(rotate && { rotate: policyIn(String(rotate)) }),
    ...(description && { description: String(description) }),
    ...(label && { label: String(label) }),
  };
  if (owner !== 'application' && owner !== 'unit')
    throw new UsageError(`secret owner ${quote(String(owner))} not valid`);
  const content = secretDataIn({ ...call, args });
  return { owner, change: { ...parsed, ...(Object.keys(content).length > 0 && { content }) } };
}

function expiryIn(text: string): string | number {
  const time = parseTime(text);
  if (time !== undefined) return time;
  const duration = parseDuration(text);
  if (duration === undefined) throw new UsageError(`expire time or duration ${quote(text)} not valid`);
  if (duration <= 0) throw new UsageError(`negative expire duration ${quote(text)} not valid`);
  return duration;
}

function policyIn(text: string): RotatePolicy {
  const policy = POLICIES.find((known) => known === text);
  if (policy) return policy;
  throw new UsageError(`rotate policy ${quote(text)} not valid`);
}
