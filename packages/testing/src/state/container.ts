// A workload container: its Pebble, its files, and what commands answer in it.

import { combineLayers, type Layer, type Plan, validatePlan } from '@charmed/ops/pebble';
import type { CheckInfo } from './check-info.ts';
import { NotInStateError, StateValidationError } from './errors.ts';
import type { Exec } from './exec.ts';
import type { Mount } from './mount.ts';
import type { Notice } from './notice.ts';
import { list } from './parts.ts';
import { frozen, Value } from './value.ts';

export type ServiceStatus = 'active' | 'inactive' | 'error';

export interface ContainerFields {
  /** Whether its Pebble answers. Default: false. */
  readonly canConnect?: boolean;
  /** By label, in the order in which they were added. */
  readonly layers?: Readonly<Record<string, Layer>>;
  /** Of services in the plan. Default: `inactive`. */
  readonly serviceStatuses?: Readonly<Record<string, ServiceStatus>>;
  readonly checkInfos?: readonly CheckInfo[];
  readonly notices?: readonly Notice[];
  readonly execs?: readonly Exec[];
  /** By a name for it. */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** Files by absolute path; a path that ends in `/` is a directory with nothing in it. What is not UTF-8 is bytes. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const MAX_NAME_LENGTH = 63;

export class Container<N extends string = string> extends Value {
  readonly name: N;
  readonly canConnect: boolean;
  readonly layers: Readonly<Record<string, Layer>>;
  readonly serviceStatuses: Readonly<Record<string, ServiceStatus>>;
  readonly checkInfos: readonly CheckInfo[];
  readonly notices: readonly Notice[];
  readonly execs: readonly Exec[];
  readonly mounts: Readonly<Record<string, Mount>>;
  readonly files: Readonly<Record<string, string | Uint8Array>>;

  constructor(name: N, fields: ContainerFields = {}) {
    super();
    if (name.length > MAX_NAME_LENGTH) {
      throw new StateValidationError(`cannot name a container ${name}: Kubernetes takes ${MAX_NAME_LENGTH} characters`);
    }
    this.name = name;
    this.canConnect = fields.canConnect ?? false;
    this.layers = frozen(fields.layers ?? {});
    this.serviceStatuses = frozen(fields.serviceStatuses ?? {});
    this.checkInfos = list('checkInfos', fields.checkInfos);
    this.notices = frozen(fields.notices ?? []);
    this.execs = list('execs', fields.execs);
    this.mounts = frozen(fields.mounts ?? {});
    this.files = frozen(fields.files ?? {});
    Object.freeze(this);
  }

  /** All layers combined, in Pebble's own spelling. @throws PebbleLayerError when they make no plan. */
  get plan(): Plan {
    return validatePlan(combineLayers(Object.values(this.layers)));
  }

  /** @throws NotInStateError */
  checkInfo(name: string): CheckInfo {
    const found = this.checkInfos.find((check) => check.name === name);
    if (found) return found;
    throw new NotInStateError(
      `check ${name} of ${this.name}`,
      this.checkInfos.map((check) => check.name),
    );
  }

  with(changes: ContainerFields): Container<N> {
    return new Container(this.name, { ...this, ...changes });
  }
}
