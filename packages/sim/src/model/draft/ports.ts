// The ports as a hook sees them. Follows juju/juju internal/worker/uniter/runner/context/ports.go.

import { portText, type PortContext, type PortRange } from '../../juju/context/network.ts';
import { HookContextError } from '../../juju/hook-context.ts';
import type { DraftScope } from './scope.ts';

export class PortsDraft implements PortContext {
  readonly #scope: DraftScope;
  readonly #closed: PortRange[] = [];
  #opened: readonly PortRange[] | undefined;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  /** All of the unit's ports after the hook; `undefined` leaves them. */
  get changes(): readonly PortRange[] | undefined {
    return this.#opened;
  }

  opened(): readonly PortRange[] {
    return this.#opened ?? this.#scope.unit.openedPorts;
  }

  open(port: PortRange): void {
    this.#refuseOverlap('open', port, this.opened());
    if (this.opened().some((each) => isSame(each, port) && each.endpoint === port.endpoint)) return;
    this.#opened = [...this.opened(), port];
  }

  // Closing for all endpoints closes what is open for single ones too.
  close(port: PortRange): void {
    this.#refuseOverlap('close', port, [...this.#closed, ...this.opened()]);
    const closes = (each: PortRange) => isSame(each, port) && (port.endpoint === '' || each.endpoint === port.endpoint);
    this.#closed.push(port);
    this.#opened = this.opened().filter((each) => !closes(each));
  }

  #refuseOverlap(verb: string, port: PortRange, others: readonly PortRange[]): void {
    const { unit } = this.#scope;
    if (unit.machine === null && port.from !== port.to) {
      throw new HookContextError('port ranges are not supported for k8s applications, please specify a single port');
    }
    const other = others.find((each) => overlaps(each, port) && !isSame(each, port));
    if (other === undefined) return;
    const isEarlier = unit.openedPorts.includes(other) ? '' : ' requested earlier';
    const conflict = `port range conflicts with ${portText(other)} (unit "${unit.name}")${isEarlier}`;
    throw new HookContextError(`cannot ${verb} ${portText(port)} (unit "${unit.name}"): ${conflict}`);
  }
}

function isSame(a: PortRange, b: PortRange): boolean {
  return a.protocol === b.protocol && a.from === b.from && a.to === b.to;
}

function overlaps(a: PortRange, b: PortRange): boolean {
  return a.protocol === b.protocol && a.to >= b.from && b.to >= a.from;
}
