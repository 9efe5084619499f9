// The variables that an event cannot do without. Juju sets them; who runs `dispatch` by hand may have forgotten them.

import { OpsError } from '../errors.ts';
import type { JujuContext } from '../juju/context.ts';

type Variables = Readonly<Record<string, keyof JujuContext>>;

const RELATION: Variables = { JUJU_RELATION: 'relationName', JUJU_RELATION_ID: 'relationId' };
const RELATION_UNIT: Variables = { ...RELATION, JUJU_REMOTE_UNIT: 'remoteUnit' };
const STORAGE: Variables = { JUJU_STORAGE_ID: 'storageId' };
const SECRET: Variables = { JUJU_SECRET_ID: 'secretId' };
const REVISION: Variables = { ...SECRET, JUJU_SECRET_REVISION: 'secretRevision' };
const WORKLOAD: Variables = { JUJU_WORKLOAD_NAME: 'workloadName' };
const NOTICE: Variables = {
  ...WORKLOAD,
  JUJU_NOTICE_ID: 'noticeId',
  JUJU_NOTICE_TYPE: 'noticeType',
  JUJU_NOTICE_KEY: 'noticeKey',
};
const CHECK: Variables = { ...WORKLOAD, JUJU_PEBBLE_CHECK_NAME: 'pebbleCheckName' };

/** By the class of the event. */
const REQUIRED: Readonly<Record<string, Variables>> = {
  RelationCreatedEvent: RELATION,
  RelationJoinedEvent: RELATION_UNIT,
  RelationChangedEvent: RELATION,
  RelationDepartedEvent: RELATION_UNIT,
  RelationBrokenEvent: RELATION,
  StorageAttachedEvent: STORAGE,
  StorageDetachingEvent: STORAGE,
  SecretChangedEvent: SECRET,
  SecretRotateEvent: SECRET,
  SecretRemoveEvent: REVISION,
  SecretExpiredEvent: REVISION,
  PebbleReadyEvent: WORKLOAD,
  PebbleCustomNoticeEvent: NOTICE,
  PebbleCheckFailedEvent: CHECK,
  PebbleCheckRecoveredEvent: CHECK,
};

/** @param className of the event. @throws OpsError `incomplete-environment` that names what is missing. */
export function requireEnvironment(className: string, kind: string, context: JujuContext): void {
  const required = Object.entries(REQUIRED[className] ?? {});
  const missing = required.filter(([, property]) => context[property] === undefined).map(([variable]) => variable);
  if (missing.length === 0) return;
  throw new OpsError(
    'incomplete-environment',
    `cannot deliver ${kind}: ${missing.join(', ')} not set. Juju sets all that the event needs; if you run dispatch by hand, do so too.`,
  );
}
