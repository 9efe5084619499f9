// The hook commands of the noun "relation": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask, operands, tell } from './command.ts';
import { list, optional, record, stringList, stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';

export interface RelationTarget {
  /** `endpoint:id`, such as `db:7`, or the id alone. Default, in a relation hook only: its relation. */
  readonly relation?: string | undefined;
}

export interface RelationDataTarget extends RelationTarget {
  /** Whether the application's settings are meant, not a unit's. Default: false. */
  readonly app?: boolean;
}

export interface RelationMember extends RelationDataTarget {
  /** Name of the unit or application whose settings they are. Default, in a relation hook only: its remote unit. */
  readonly member?: string | undefined;
}

/** The model on the other side of a relation. */
export interface RemoteModel {
  readonly uuid: string;
}

/** The ids of the endpoint's relations: the number in Juju's `db:7`. @param endpoint default, in a relation hook only: its endpoint. */
export function relationIds(runner: HookRunner, endpoint?: string): Operation<readonly number[]> {
  const args = endpoint === undefined ? [] : [endpoint];
  return ask(runner, 'relation-ids', args, (value) => list(value).map((id) => idNumber(text(id))));
}

/** Names of the remote units, or of the peers. @throws RelationNotFoundError. */
export function relationList(runner: HookRunner, target: RelationTarget = {}): Operation<readonly string[]> {
  return ask(runner, 'relation-list', relationFlag(target), stringList);
}

/** Name of the remote application. @throws RelationNotFoundError. */
export function relationApplication(runner: HookRunner, target: RelationTarget = {}): Operation<string> {
  return ask(runner, 'relation-list', ['--app', ...relationFlag(target)], text);
}

/** Which model the remote application is in. Since Juju 3.6.2. @throws RelationNotFoundError. */
export function relationModelGet(runner: HookRunner, target: RelationTarget = {}): Operation<RemoteModel> {
  return ask(runner, 'relation-model-get', relationFlag(target), (value) => ({ uuid: text(record(value).uuid) }));
}

/** All settings of one member, or the one at `key`. @throws RelationNotFoundError. */
export function relationGet(runner: HookRunner, source: RelationMember): Operation<Readonly<Record<string, string>>>;
export function relationGet(
  runner: HookRunner,
  source: RelationMember & { readonly key: string },
): Operation<string | undefined>;
export function relationGet(
  runner: HookRunner,
  source: RelationMember & { readonly key?: string },
): Operation<Readonly<Record<string, string>> | string | undefined> {
  const { key, member } = source;
  const flags = [...relationFlag(source), ...appFlag(source)];
  const args = [...flags, ...operands(key ?? '-', ...(member === undefined ? [] : [member]))];
  return key === undefined
    ? ask(runner, 'relation-get', args, stringRecord)
    : ask(runner, 'relation-get', args, (value) => optional(value, text));
}

/** Changes our own settings. An empty value deletes. They go through stdin, so neither size nor content meets argv. */
export function relationSet(
  runner: HookRunner,
  settings: Readonly<Record<string, string>>,
  target: RelationDataTarget = {},
): Operation<void> {
  const args = [...relationFlag(target), ...appFlag(target), '--file', '-'];
  return tell(runner, 'relation-set', args, { stdin: JSON.stringify(settings) });
}

function relationFlag({ relation }: RelationTarget): readonly string[] {
  return relation === undefined ? [] : ['-r', relation];
}

function appFlag({ app }: RelationDataTarget): readonly string[] {
  return app ? ['--app'] : [];
}

function idNumber(relation: string): number {
  const id = /:(\d+)$/.exec(relation)?.[1];
  if (id === undefined) throw new TypeError('expected a relation id');
  return Number(id);
}
