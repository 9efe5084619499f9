// relation-ids, relation-list, relation-get, relation-set and relation-model-get. Follow juju/juju internal/worker/uniter/runner/jujuc/relation-*.go.

import { quote } from '@charmed/ops/internal';
import type { CommandCall, HookCommand } from '../command.ts';
import type { HookRelation } from '../context/relation.ts';
import { goMap } from '../go/value.ts';
import { HookContextError, type HookContext } from '../hook-context.ts';
import { keyValues } from '../key-values.ts';
import { applicationOfUnit, isApplicationName, isUnitName } from '../names.ts';
import { own } from '../own.ts';
import { RELATION_FLAGS, theRelation } from '../relation-id.ts';
import { settingsFrom } from '../settings-file.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const relationIds: HookCommand = {
  name: 'relation-ids',
  prints: 'smart',
  run({ context, args }) {
    const current = context.relations.current && context.relations.get(context.relations.current.id);
    const [endpoint = current?.endpoint] = args;
    if (endpoint === undefined) throw new UsageError('no endpoint name specified');
    requireAtMost(args, 1);
    return context.relations
      .ids(endpoint)
      .map((id) => `${endpoint}:${id}`)
      .toSorted();
  },
};

export const relationList: HookCommand = {
  name: 'relation-list',
  flags: { ...RELATION_FLAGS, app: 'flag' },
  prints: 'smart',
  run(call) {
    const relation = theRelation(call);
    requireAtMost(call.args, 0);
    return call.flags.app ? relation.remoteApplication : relation.units;
  },
};

export const relationGet: HookCommand = {
  name: 'relation-get',
  flags: { ...RELATION_FLAGS, app: 'flag' },
  prints: 'smart',
  run(call) {
    const { context, args } = call;
    const relation = theRelation(call);
    const [key = '-'] = args;
    const member = memberIn(call);
    requireAtMost(args, 2);
    const settings = readable(context, relation, member) ? context.relations.settings(relation.id, member) : undefined;
    if (!settings) throw new HookContextError('permission denied');
    return key === '-' || key === '' ? goMap(settings) : own(settings, key);
  },
};

export const relationSet: HookCommand = {
  name: 'relation-set',
  flags: { ...RELATION_FLAGS, app: 'flag', file: 'text' },
  formatIsDeprecated: true,
  run(call) {
    const { context, flags, args, readFile } = call;
    const relation = theRelation(call);
    const given = keyValues(args);
    const fromFile = flags.file ? settingsFrom(readFile(String(flags.file)).toString()) : {};
    const owner = flags.app ? 'application' : 'unit';
    if (owner === 'application' && !context.isLeader()) throw new HookContextError('cannot write relation settings');
    context.relations.update(relation.id, owner, { ...fromFile, ...given });
  },
};

export const relationModelGet: HookCommand = {
  name: 'relation-model-get',
  flags: RELATION_FLAGS,
  prints: 'smart',
  run(call) {
    const { modelUuid } = theRelation(call);
    requireAtMost(call.args, 0);
    return { uuid: modelUuid };
  },
};

// Without --app a name must be a unit's; with it, a unit stands for its application. By default it is who the hook is about.
function memberIn({ context, flags, args: [, named] }: CommandCall): string {
  const { remoteUnit, remoteApplication } = context.relations.current ?? {};
  if (named === undefined) {
    const member = flags.app ? remoteApplication : (remoteUnit ?? remoteApplication);
    if (member) return member;
    throw new UsageError('no unit or application specified');
  }
  if (flags.app) return isUnitName(named) ? applicationOfUnit(named) : named;
  if (isUnitName(named)) return named;
  if (isApplicationName(named)) throw new UsageError(`expected unit name, got application name ${quote(named)}`);
  throw new UsageError(`invalid unit name ${quote(named)}`);
}

// Our own application's settings are for its leader, but peers share theirs.
function readable(context: HookContext, relation: HookRelation, member: string): boolean {
  const ours = applicationOfUnit(context.unitName);
  return member !== ours || relation.remoteApplication === ours || context.isLeader();
}
