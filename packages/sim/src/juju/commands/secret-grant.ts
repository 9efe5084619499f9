// secret-grant and secret-revoke. Follow juju/juju internal/worker/uniter/runner/jujuc/secret-grant.go and secret-revoke.go.

import { quote } from '@charmed/ops/internal';
import type { HookCommand } from '../command.ts';
import { applicationOfUnit, isApplicationName, isUnitName } from '../names.ts';
import { givenRelation, RELATION_FLAGS, theRelation } from '../relation-id.ts';
import { secretIdIn } from '../secret-id.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const secretGrant: HookCommand = {
  name: 'secret-grant',
  flags: { unit: 'text', ...RELATION_FLAGS },
  run(call) {
    const { context, flags, args } = call;
    const [uri] = args;
    if (uri === undefined) throw new UsageError('missing secret URI');
    const id = secretIdIn(uri);
    const relation = theRelation(call);
    const application = relation.remoteApplication;
    const unit = unitIn(flags.unit);
    if (unit !== undefined && applicationOfUnit(unit) !== application) {
      throw new UsageError(`cannot specify unit ${quote(unit)} in relation to application ${quote(application)}`);
    }
    requireAtMost(args, 1);
    context.secrets.grant(id, relation.id, { application, unit });
  },
};

export const secretRevoke: HookCommand = {
  name: 'secret-revoke',
  flags: { app: 'text', application: { sameAs: 'app' }, unit: 'text', ...RELATION_FLAGS },
  run(call) {
    const { context, flags, args } = call;
    const [uri] = args;
    if (uri === undefined) throw new UsageError('missing secret URI');
    const id = secretIdIn(uri);
    const named = flags.app ? String(flags.app) : undefined;
    if (named !== undefined && !isApplicationName(named)) throw new UsageError(`application ${quote(named)} not valid`);
    const unit = unitIn(flags.unit);
    if (named !== undefined && unit !== undefined) throw new UsageError('specify only one of application or unit');
    const relation = givenRelation(call);
    if (relation && named !== undefined) throw new UsageError('do not specify both relation and app');
    const application =
      named ?? relation?.remoteApplication ?? (unit === undefined ? undefined : applicationOfUnit(unit));
    if (application === undefined) throw new UsageError('missing relation or application or unit');
    requireAtMost(args, 1);
    context.secrets.revoke(id, { application, unit });
  },
};

function unitIn(flag: string | boolean | undefined): string | undefined {
  if (!flag) return undefined;
  const unit = String(flag);
  if (!isUnitName(unit)) throw new UsageError(`unit ${quote(unit)} not valid`);
  return unit;
}
