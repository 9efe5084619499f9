// storage-add, storage-get and storage-list. Follow juju/juju internal/worker/uniter/runner/jujuc/storage-add.go, storage-get.go,
// storage-id.go and storage-list.go.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import { goMap } from '../go/value.ts';
import { HookContextError, type HookContext } from '../hook-context.ts';
import { isStorageId } from '../names.ts';
import { own } from '../own.ts';
import { storageCountsIn } from '../storage-directives.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const storageAdd: HookCommand = {
  name: 'storage-add',
  run({ context, args }) {
    if (args.length === 0) throw new UsageError('storage add requires a storage directive');
    for (const [name, count] of storageCountsIn(args)) context.storage.add(name, count);
  },
};

export const storageGet: HookCommand = {
  name: 'storage-get',
  flags: { s: checkStorage },
  prints: 'smart',
  run({ context, flags, args }) {
    const id = flags.s === undefined ? context.storage.current : String(flags.s);
    if (id === undefined) throw new UsageError('no storage instance specified');
    requireAtMost(args, 1);
    const { kind, location } = context.storage.get(id);
    const [key = ''] = args;
    if (key === '') return goMap({ kind, location });
    const value = own({ kind, location }, key);
    if (value === undefined) throw new HookContextError(`invalid storage attribute ${quote(key)}`);
    return value;
  },
};

export const storageList: HookCommand = {
  name: 'storage-list',
  prints: 'smart',
  run({ context, args }) {
    requireAtMost(args, 1);
    const [name = ''] = args;
    return context.storage.ids().filter((id) => name === '' || id.startsWith(`${name}/`));
  },
};

function checkStorage(id: string, context: HookContext): void {
  if (!isStorageId(id)) throw new HookContextError(`invalid storage ID ${quote(id)}`);
  context.storage.get(id);
}
