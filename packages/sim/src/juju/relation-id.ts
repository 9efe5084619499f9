// `-r`, `--relation`: which relation a hook command is about; by default that of the hook. Follows juju/juju
// internal/worker/uniter/runner/jujuc/context.go, NewRelationIdValue.

import type { FlagKinds } from './arguments.ts';
import type { CommandCall } from './command.ts';
import type { HookRelation } from './context/relation.ts';
import { HookContextError, type HookContext } from './hook-context.ts';
import { atoi } from './go/integer.ts';
import { UsageError } from './usage-error.ts';

export const RELATION_FLAGS: FlagKinds = { relation: requireRelation, r: { sameAs: 'relation' } };

/** `undefined` when there is no relation flag, and the hook is about none. */
export function givenRelation({ context, flags }: CommandCall): HookRelation | undefined {
  if (flags.relation !== undefined) return requireRelation(String(flags.relation), context);
  return context.relations.current && context.relations.get(context.relations.current.id);
}

/** @throws UsageError when there is none. */
export function theRelation(call: CommandCall): HookRelation {
  const relation = givenRelation(call);
  if (relation) return relation;
  throw new UsageError('no relation id specified');
}

// The number is what counts: the endpoint before it is not looked at.
function requireRelation(value: string, context: HookContext): HookRelation {
  const relation = context.relations.get(idIn(value));
  if (relation) return relation;
  throw new HookContextError('relation not found');
}

function idIn(value: string): number {
  try {
    return atoi(value.slice(value.lastIndexOf(':') + 1));
  } catch {
    throw new HookContextError('invalid relation id');
  }
}
