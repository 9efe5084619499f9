// The statuses that a charm can set, and those that it can only meet.

import type { SettableStatusName, StatusName } from '../hookcmds/status.ts';
import { InvalidStatusError } from './errors.ts';

/** The state of a unit or an application, as its operator sees it. */
export abstract class StatusBase {
  abstract readonly name: StatusName;
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }

  equals(other: StatusBase): boolean {
    return this.name === other.name && this.message === other.message;
  }

  /** An unknown name gives an {@link UnknownStatus}. */
  static fromName(name: string, message: string): StatusBase {
    const status = STATUSES.get(name);
    return status ? new status(message) : new UnknownStatus();
  }
}

/** The unit does its work. */
export class ActiveStatus extends StatusBase {
  override readonly name = 'active';

  constructor(message = '') {
    super(message);
  }
}

/** Somebody must act before the unit can go on. */
export class BlockedStatus extends StatusBase {
  override readonly name = 'blocked';
}

/** The unit is at work on something, and will go on by itself. */
export class MaintenanceStatus extends StatusBase {
  override readonly name = 'maintenance';
}

/** The unit waits for something outside it. */
export class WaitingStatus extends StatusBase {
  override readonly name = 'waiting';
}

/** A hook failed. Only Juju sets it. */
export class ErrorStatus extends StatusBase {
  override readonly name = 'error';
}

/** Nothing has been set yet. Only Juju sets it. */
export class UnknownStatus extends StatusBase {
  override readonly name = 'unknown';

  constructor() {
    super('');
  }
}

const STATUSES = new Map<string, new (message: string) => StatusBase>([
  ['active', ActiveStatus],
  ['blocked', BlockedStatus],
  ['error', ErrorStatus],
  ['maintenance', MaintenanceStatus],
  ['waiting', WaitingStatus],
]);

const SETTABLE: ReadonlySet<string> = new Set<SettableStatusName>(['active', 'blocked', 'maintenance', 'waiting']);

/** @throws InvalidStatusError for a status that only Juju sets. */
export function settableName(status: StatusBase): SettableStatusName {
  if (SETTABLE.has(status.name)) return status.name as SettableStatusName;
  throw new InvalidStatusError(`cannot set status ${status.name}: choose active, blocked, maintenance or waiting`);
}

const PRIORITY: readonly StatusName[] = ['error', 'blocked', 'maintenance', 'waiting', 'active', 'unknown'];

/** The one that matters most: error, blocked, maintenance, waiting, active; of equals the first. */
export function mostImportant(statuses: readonly StatusBase[]): StatusBase | undefined {
  return statuses.reduce<StatusBase | undefined>(
    (best, status) => (best && PRIORITY.indexOf(best.name) <= PRIORITY.indexOf(status.name) ? best : status),
    undefined,
  );
}
