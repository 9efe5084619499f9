// is-leader, leader-get and leader-set. Follow juju/juju internal/worker/uniter/runner/jujuc/is-leader.go, leader-get.go and leader-set.go.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import { goMap } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { keyValues } from '../key-values.ts';
import { own } from '../own.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const isLeader: HookCommand = {
  name: 'is-leader',
  prints: 'smart',
  run({ context, args }) {
    requireAtMost(args, 0);
    return context.isLeader();
  },
};

export const leaderGet: HookCommand = {
  name: 'leader-get',
  prints: 'smart',
  run({ context, args }) {
    const [key = '-'] = args;
    if (key.includes('=')) throw new UsageError(`invalid key ${quote(key)}`);
    requireAtMost(args, 1);
    const settings = context.leaderSettings.all();
    return key === '-' || key === '' ? goMap(settings) : own(settings, key);
  },
};

export const leaderSet: HookCommand = {
  name: 'leader-set',
  run({ context, args }) {
    const changes = keyValues(args);
    if (!context.isLeader()) {
      throw new HookContextError('cannot write leadership settings: cannot write settings: not the leader');
    }
    context.leaderSettings.update(changes);
  },
};
