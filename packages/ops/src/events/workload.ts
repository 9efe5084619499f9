// The events of a workload container.

import { EventBase, type EventDelivery } from '../framework/event.ts';
import { textAt, type JsonObject } from '../framework/json.ts';
import type { JujuContext } from '../juju/context.ts';
import type { Container } from '../model/container.ts';
import type { Operation } from '../operations/operation.ts';
import type { CheckInfo } from '../pebble/checks.ts';
import type { Notice, NoticeType } from '../pebble/notices.ts';
import type { EventHost } from './host.ts';
import { eventType, type CharmEventType } from './type.ts';

/** Something happened in a workload container. */
export abstract class WorkloadEvent extends EventBase {
  readonly workload: Container;

  constructor(delivery: EventDelivery, workload: Container) {
    super(delivery);
    this.workload = workload;
  }
}

/** Pebble answers in the container: after its first start and after each restart. */
export class PebbleReadyEvent extends WorkloadEvent {}

/** What an event knows of a notice without asking Pebble. */
export interface LazyNotice {
  readonly id: string;
  readonly type: NoticeType | (string & {});
  readonly key: string;
  /** All of it, as Pebble has it now. @throws ModelError `unknown-notice` when it has expired. */
  load(): Operation<Notice>;
}

/** Something that the workload, or someone beside it, has told Pebble. */
export abstract class PebbleNoticeEvent extends WorkloadEvent {
  readonly notice: LazyNotice;

  constructor(delivery: EventDelivery, workload: Container, notice: Omit<LazyNotice, 'load'>) {
    super(delivery, workload);
    this.notice = { ...notice, load: () => workload.getNotice(notice.id) };
  }
}

/** `pebble notify` was run, or the notice came by Pebble's API. */
export class PebbleCustomNoticeEvent extends PebbleNoticeEvent {}

/** What an event knows of a check without asking Pebble. */
export interface LazyCheckInfo {
  readonly name: string;
  /** All of it, as Pebble has it now: a check that failed may have recovered. @throws ModelError `unknown-check`. */
  load(): Operation<CheckInfo>;
}

/** The state of a health check has changed. */
export abstract class PebbleCheckEvent extends WorkloadEvent {
  readonly info: LazyCheckInfo;

  constructor(delivery: EventDelivery, workload: Container, name: string) {
    super(delivery, workload);
    this.info = { name, load: () => workload.getCheck(name) };
  }
}

/** A check has failed as many times in a row as its threshold says. */
export class PebbleCheckFailedEvent extends PebbleCheckEvent {}

/** A check that had failed has succeeded again. */
export class PebbleCheckRecoveredEvent extends PebbleCheckEvent {}

interface WorkloadTypes {
  readonly ready: CharmEventType<PebbleReadyEvent>;
  readonly 'custom-notice': CharmEventType<PebbleCustomNoticeEvent>;
  readonly 'check-failed': CharmEventType<PebbleCheckFailedEvent>;
  readonly 'check-recovered': CharmEventType<PebbleCheckRecoveredEvent>;
}

/** By what stands behind `<container>-pebble-` in the name of the hook. */
export const workloadTypes: WorkloadTypes = {
  ready: eventType({
    name: PebbleReadyEvent.name,
    create: (delivery, snapshot, host) => new PebbleReadyEvent(delivery, containerIn(snapshot, host)),
  }),
  'custom-notice': eventType({
    name: PebbleCustomNoticeEvent.name,
    create: (delivery, snapshot, host) =>
      new PebbleCustomNoticeEvent(delivery, containerIn(snapshot, host), {
        id: textAt(snapshot, 'notice_id'),
        type: textAt(snapshot, 'notice_type'),
        key: textAt(snapshot, 'notice_key'),
      }),
  }),
  'check-failed': checkType(PebbleCheckFailedEvent),
  'check-recovered': checkType(PebbleCheckRecoveredEvent),
};

/** Juju sets of these variables those that the event has. */
export function workloadSnapshot(context: JujuContext): JsonObject {
  const { workloadName = '', noticeId, noticeType = '', noticeKey = '', pebbleCheckName } = context;
  return {
    container_name: workloadName,
    ...(noticeId !== undefined && { notice_id: noticeId, notice_type: noticeType, notice_key: noticeKey }),
    ...(pebbleCheckName !== undefined && { check_name: pebbleCheckName }),
  };
}

function checkType<E extends PebbleCheckEvent>(
  type: new (delivery: EventDelivery, workload: Container, check: string) => E,
): CharmEventType<E> {
  return eventType({
    name: type.name,
    create: (delivery, snapshot, host) =>
      new type(delivery, containerIn(snapshot, host), textAt(snapshot, 'check_name')),
  });
}

function containerIn(snapshot: JsonObject, host: EventHost): Container {
  return host.model.unit.container(textAt(snapshot, 'container_name'));
}
