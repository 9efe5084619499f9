// `-r`, `--relation`: which relation a hook command is about; by default that of the hook. Follows juju/juju
// internal/worker/uniter/runner/jujuc/context.go, NewRelationIdValue.

import type { FlagKinds } from './arguments.ts';
import type { CommandCall } from './command.ts';
import { HookContextError, type HookContext, type HookRelation } from './hook-context.ts';
import { atoi } from './go/integer.ts';
import { UsageError } from './usage-error.ts';

export const RELATION_FLAGS: FlagKinds = { relation: requireRelation, r: { sameAs: 'relation' } };

/** @throws UsageError when there is no relation flag, and the hook is about none. */
export function theRelation({ context, flags }: CommandCall): HookRelation {
  if (flags.relation !== undefined) return requireRelation(String(flags.relation), context);
  const relation = context.currentRelation && context.relation(context.currentRelation.id);
  if (relation) return relation;
  throw new UsageError('no relation id specified');
}

// The number is what counts: the endpoint before it is not looked at.
function requireRelation(value: string, context: HookContext): HookRelation {
  const relation = context.relation(idIn(value));
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
