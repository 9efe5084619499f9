// The hook commands of the noun "storage": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, tell } from './command.ts';
import { record, stringList, text } from './read.ts';
import type { HookRunner } from './runner.ts';

export interface StorageAnswer {
  readonly kind: 'filesystem' | 'block';
  /** Where it is mounted, or the device. */
  readonly location: string;
}

/** Asks for more instances, by the name of the storage; they are attached later, in an event each. */
export function storageAdd(runner: HookRunner, counts: Readonly<Record<string, number>>): Operation<void> {
  const directives = Object.entries(counts).map(([name, count]) => `${name}=${count}`);
  return tell(runner, 'storage-add', directives);
}

/** @param id such as `data/0`. Default, in a storage hook only: its storage. */
export function storageGet(runner: HookRunner, id?: string): Operation<StorageAnswer> {
  return ask(runner, 'storage-get', id === undefined ? [] : ['-s', id], (value) => {
    const { kind, location } = record(value);
    return { kind: kindFrom(text(kind)), location: text(location) };
  });
}

/** Ids such as `data/0` of the attached instances, of all storages or of one. */
export function storageList(runner: HookRunner, name?: string): Operation<readonly string[]> {
  return ask(runner, 'storage-list', name === undefined ? [] : [name], stringList);
}

function kindFrom(kind: string): StorageAnswer['kind'] {
  if (kind === 'filesystem' || kind === 'block') return kind;
  throw new TypeError('expected a kind of storage');
}
