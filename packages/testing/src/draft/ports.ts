// The ports that the unit has opened.

import type { Port } from '@charmed/ops';
import { HookContextError, type HookContext, type PortRange } from '@charmed/sim/juju';
import { current, type DraftScope } from './scope.ts';

export class PortsDraft implements PortContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  opened(): readonly PortRange[] {
    return current(this.#scope, 'openedPorts').map(rangeOf);
  }

  open(port: PortRange): void {
    this.#refuseOnKubernetes(port);
    const opened = this.opened();
    if (!opened.some((each) => isSame(each, port) && each.endpoint === port.endpoint)) this.#set([...opened, port]);
  }

  // Closing for all endpoints closes what is open for single ones too.
  close(port: PortRange): void {
    this.#refuseOnKubernetes(port);
    const closes = (each: PortRange) => isSame(each, port) && (port.endpoint === '' || each.endpoint === port.endpoint);
    this.#set(this.opened().filter((each) => !closes(each)));
  }

  #refuseOnKubernetes({ from, to }: PortRange): void {
    if (from === to || Object.keys(this.#scope.meta.containers ?? {}).length === 0) return;
    throw new HookContextError('port ranges are not supported for k8s applications, please specify a single port');
  }

  #set(ports: readonly PortRange[]): void {
    this.#scope.changes.openedPorts = ports.map(portFrom);
  }
}

type PortContext = HookContext['ports'];

function rangeOf({ protocol, port = -1, toPort = port, endpoints = [] }: Port): PortRange {
  return { protocol, from: port, to: toPort, endpoint: endpoints[0] ?? '' };
}

function portFrom({ protocol, from, to, endpoint }: PortRange): Port {
  return {
    protocol,
    ...(from >= 0 && { port: from }),
    ...(to > from && { toPort: to }),
    ...(endpoint !== '' && { endpoints: [endpoint] }),
  };
}

function isSame(a: PortRange, b: PortRange): boolean {
  return a.protocol === b.protocol && a.from === b.from && a.to === b.to;
}
