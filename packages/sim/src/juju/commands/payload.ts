// payload-register, payload-status-set and payload-unregister. Follow juju/juju internal/worker/uniter/runner/jujuc/payload-*.go for a charm
// that declares no payloads: charmcraft.yaml has no place for them.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import { HookContextError } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const STATUSES = ['running', 'starting', 'stopped', 'stopping'];

export const payloadRegister: HookCommand = {
  name: 'payload-register',
  run({ args }) {
    requireAtLeast(args, 3);
    throw new HookContextError(`payload ${quote(args[1] ?? '')} not found in metadata.yaml`);
  },
};

export const payloadStatusSet: HookCommand = {
  name: 'payload-status-set',
  run({ args }) {
    requireAtLeast(args, 3);
    requireAtMost(args, 3);
    const [, , status = ''] = args;
    if (!STATUSES.includes(status)) {
      const known = STATUSES.map((each) => `"${each}"`).join(', ');
      throw new HookContextError(`status ${quote(status)} not supported; expected one of [${known}]`);
    }
    throw unknown(args);
  },
};

export const payloadUnregister: HookCommand = {
  name: 'payload-unregister',
  run({ args }) {
    requireAtLeast(args, 2);
    requireAtMost(args, 2);
    throw unknown(args);
  },
};

function requireAtLeast(args: readonly string[], count: number): void {
  if (args.length < count) throw new UsageError('missing required arguments');
}

function unknown([name = '', id = '']: readonly string[]): HookContextError {
  return new HookContextError(`${name}/${id} not found`);
}
