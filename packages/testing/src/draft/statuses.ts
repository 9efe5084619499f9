// The statuses of the unit and of its application, with what they were before.

import { StatusBase } from '@charmed/ops';
import type { HookContext, StatusInfo } from '@charmed/sim/juju';
import { current, type DraftScope } from './scope.ts';

export class StatusesDraft implements StatusContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  unit(): StatusInfo {
    return infoOf(current(this.#scope, 'unitStatus'));
  }

  application(): ReturnType<StatusContext['application']> {
    const units = { [this.#scope.unitName]: this.unit() };
    return { application: infoOf(current(this.#scope, 'appStatus')), units };
  }

  setUnit(status: string, message: string): void {
    this.#scope.records.unitStatusHistory.push(current(this.#scope, 'unitStatus'));
    this.#scope.changes.unitStatus = StatusBase.fromName(status, message);
  }

  setApplication(status: string, message: string): void {
    this.#scope.records.appStatusHistory.push(current(this.#scope, 'appStatus'));
    this.#scope.changes.appStatus = StatusBase.fromName(status, message);
  }
}

type StatusContext = HookContext['statuses'];

function infoOf({ name, message }: StatusBase): StatusInfo {
  return { status: name, message, data: {} };
}
