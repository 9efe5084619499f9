// The statuses as a hook sees and sets them: at once.

import type { StatusContext, StatusInfo } from '../../juju/context/status.ts';
import { unitsOf } from '../update.ts';
import type { DraftScope } from './scope.ts';

const UNSET: StatusInfo = { status: 'unknown', message: '', data: {} };

export class StatusesDraft implements StatusContext {
  readonly #scope: DraftScope;
  #unit: StatusInfo | undefined;
  #application: StatusInfo | undefined;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  unit(): StatusInfo {
    return this.#unit ?? this.#scope.unit.workloadStatus;
  }

  application(): { application: StatusInfo; units: Record<string, StatusInfo> } {
    const { hook, unit, application } = this.#scope;
    const units = unitsOf(hook.base, application.name).map(({ name, workloadStatus }) => [name, workloadStatus]);
    return {
      application: this.#application ?? application.status ?? UNSET,
      units: { ...Object.fromEntries(units), [unit.name]: this.unit() },
    };
  }

  setUnit(status: string, message: string): void {
    this.#unit = { status, message, data: {} };
    this.#scope.sink.effect({ kind: 'unit-status', status: this.#unit });
  }

  setApplication(status: string, message: string): void {
    this.#application = { status, message, data: {} };
    this.#scope.sink.effect({ kind: 'application-status', status: this.#application });
  }
}
