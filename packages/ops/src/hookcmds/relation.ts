// The hook commands of the noun "relation": arguments to argv, stdout to a value.

import { runCommand, runForJson } from './command.ts';
import { list, stringList, stringRecord, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** The ids of the endpoint's relations: the number in Juju's `db:7`. */
export function relationIds(runner: HookRunner, endpoint: string): Promise<readonly number[]> {
  return runForJson(runner, 'relation-ids', [endpoint], (value) => list(value).map((id) => idNumber(text(id))));
}

/** Names of the remote units, or of the peers. */
export function relationList(runner: HookRunner, relation: string): Promise<readonly string[]> {
  return runForJson(runner, 'relation-list', ['-r', relation], stringList);
}

/** Name of the remote application. */
export function relationApplication(runner: HookRunner, relation: string): Promise<string> {
  return runForJson(runner, 'relation-list', ['--app', '-r', relation], text);
}

export interface RelationTarget {
  /** `endpoint:id`, such as `db:7`. */
  readonly relation: string;
  /** Whether the application's settings are meant, not a unit's. */
  readonly app: boolean;
}

/** All settings of one member. `member` is a unit or an application. */
export function relationGet(
  runner: HookRunner,
  target: RelationTarget,
  member: string,
): Promise<Readonly<Record<string, string>>> {
  return runForJson(runner, 'relation-get', ['-r', target.relation, ...appFlag(target), '-', member], stringRecord);
}

/** Changes our own settings. An empty value deletes. They go through stdin, so neither size nor content meets argv. */
export async function relationSet(
  runner: HookRunner,
  target: RelationTarget,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const args = ['-r', target.relation, ...appFlag(target), '--file', '-'];
  await runCommand(runner, 'relation-set', args, { stdin: JSON.stringify(settings) });
}

function appFlag(target: RelationTarget): readonly string[] {
  return target.app ? ['--app'] : [];
}

function idNumber(relation: string): number {
  const id = /:(\d+)$/.exec(relation)?.[1];
  if (id === undefined) throw new TypeError('expected a relation id');
  return Number(id);
}
