// relation-ids, relation-list, relation-get and relation-set. Follow juju/juju internal/worker/uniter/runner/jujuc/relation-*.go.

import type { CommandCall, HookCommand } from '../command.ts';
import { sorted } from '../format.ts';
import { HookContextError, type HookContext, type HookRelation, type Settings } from '../hook-context.ts';
import { keyValues, settingsFrom } from '../key-values.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const RELATION_FLAGS = { r: 'text', relation: 'text' } as const;
const UNIT_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*\/(?:0|[1-9]\d*)$/;
const APPLICATION_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*$/;

export const relationIds: HookCommand = {
  name: 'relation-ids',
  prints: true,
  run({ context, args }) {
    const current = context.currentRelation;
    const [endpoint = current && context.relation(current.id)?.endpoint] = args;
    if (!endpoint) throw new UsageError('no endpoint name specified');
    requireAtMost(args, 1);
    return context.relationIds(endpoint).map((id) => `${endpoint}:${id}`);
  },
};

export const relationList: HookCommand = {
  name: 'relation-list',
  flags: { ...RELATION_FLAGS, app: 'flag' },
  prints: true,
  run(call) {
    const relation = requireRelation(call);
    requireAtMost(call.args, 0);
    return call.flags.app ? relation.remoteApplication : relation.units;
  },
};

export const relationGet: HookCommand = {
  name: 'relation-get',
  flags: { ...RELATION_FLAGS, app: 'flag' },
  prints: true,
  run(call) {
    const { context, flags, args } = call;
    const relation = requireRelation(call);
    const [key = '', named] = args;
    const member = memberOf(context, relation, named, flags.app === true);
    requireAtMost(args, 2);
    const settings = readable(context, relation, member) ? context.relationSettings(relation.id, member) : undefined;
    if (!settings) throw new HookContextError('permission denied');
    return key === '' || key === '-' ? sorted(settings) : settings[key];
  },
};

export const relationSet: HookCommand = {
  name: 'relation-set',
  flags: { ...RELATION_FLAGS, app: 'flag', file: 'text' },
  run(call) {
    const { context, flags, args, readFile } = call;
    const relation = requireRelation(call);
    const fromFile = flags.file === undefined ? {} : settingsFrom(readFile(String(flags.file)));
    const changes: Settings = { ...fromFile, ...keyValues(args) };
    if (flags.app === true && !context.isLeader()) throw new HookContextError('cannot write relation settings');
    context.updateRelationSettings(relation.id, flags.app === true ? 'application' : 'unit', changes);
  },
};

function requireRelation({ context, flags }: CommandCall): HookRelation {
  const option = flags.r === undefined ? '--relation' : '-r';
  const text = flags.r ?? flags.relation;
  if (text === undefined) {
    const relation = context.currentRelation && context.relation(context.currentRelation.id);
    if (relation) return relation;
    throw new UsageError('no relation id specified');
  }
  const name = String(text);
  const id = Number(name.slice(name.lastIndexOf(':') + 1));
  if (!Number.isInteger(id))
    throw new UsageError(`invalid value ${JSON.stringify(name)} for option ${option}: invalid relation id`);
  const relation = context.relation(id);
  if (relation) return relation;
  throw new UsageError(`invalid value ${JSON.stringify(name)} for option ${option}: relation not found`);
}

// With --app a unit stands for its application.
function memberOf(context: HookContext, relation: HookRelation, named: string | undefined, app: boolean): string {
  const current = context.currentRelation?.id === relation.id ? context.currentRelation : undefined;
  const member = named ?? (app ? current?.remoteApplication : (current?.remoteUnit ?? current?.remoteApplication));
  if (!member) throw new UsageError('no unit or application specified');
  if (UNIT_NAME.test(member)) return app ? member.slice(0, member.lastIndexOf('/')) : member;
  if (APPLICATION_NAME.test(member)) return member;
  throw new UsageError(`invalid unit name ${JSON.stringify(member)}`);
}

// Our own application's settings are for its leader, but peers share theirs.
function readable(context: HookContext, relation: HookRelation, member: string): boolean {
  const own = context.unitName.slice(0, context.unitName.lastIndexOf('/'));
  return member !== own || relation.remoteApplication === own || context.isLeader();
}
