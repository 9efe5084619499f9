// How a health check of a container stands.

import type { CheckLevel } from '@charmed/ops/pebble';
import { Value } from './value.ts';

export interface CheckInfoFields {
  /** Default: none, so that it counts for neither. */
  readonly level?: CheckLevel | undefined;
  /** Default: `enabled`. */
  readonly startup?: 'enabled' | 'disabled';
  /** Default: `up`. */
  readonly status?: 'up' | 'down' | 'inactive';
  /** Default: 0. */
  readonly successes?: number;
  /** Default: 0. */
  readonly failures?: number;
  /** Default: 3. */
  readonly threshold?: number;
}

export class CheckInfo extends Value {
  readonly name: string;
  readonly level: CheckLevel | undefined;
  readonly startup: 'enabled' | 'disabled';
  readonly status: 'up' | 'down' | 'inactive';
  readonly successes: number;
  readonly failures: number;
  readonly threshold: number;

  constructor(name: string, fields: CheckInfoFields = {}) {
    super();
    this.name = name;
    this.level = fields.level;
    this.startup = fields.startup ?? 'enabled';
    this.status = fields.status ?? 'up';
    this.successes = fields.successes ?? 0;
    this.failures = fields.failures ?? 0;
    this.threshold = fields.threshold ?? 3;
    Object.freeze(this);
  }

  with(changes: CheckInfoFields): CheckInfo {
    return new CheckInfo(this.name, { ...this, ...changes });
  }
}
