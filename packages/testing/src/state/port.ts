// Ports that are open to clients outside of the model, as `unit.openedPorts` gives them.

import type { Port } from '@charmed/ops';
import { StateValidationError } from './errors.ts';

/** In Juju's order, each once. A number is a TCP port. @throws StateValidationError */
export function portsFrom(given: readonly (number | Port)[]): readonly Port[] {
  const ports = given.map((port) => checked(typeof port === 'number' ? { protocol: 'tcp', port } : port));
  const sorted = ports.toSorted(compare);
  return Object.freeze(sorted.filter((port, index) => index === 0 || compare(port, sorted[index - 1] ?? port) !== 0));
}

function checked(port: Port): Port {
  if (port.protocol === 'icmp') {
    if (port.port === undefined) return Object.freeze({ ...port });
    throw new StateValidationError(`cannot open port ${port.port} of icmp: it has no ports; leave the number out`);
  }
  for (const number of [port.port, port.toPort ?? port.port]) {
    if (number === undefined || !Number.isInteger(number) || number < 1 || number > 65_535) {
      throw new StateValidationError(`cannot open port ${number}: a port is a whole number from 1 to 65535`);
    }
  }
  return Object.freeze({ ...port });
}

function compare(a: Port, b: Port): number {
  if (a.protocol !== b.protocol) return a.protocol < b.protocol ? -1 : 1;
  return (a.port ?? 0) - (b.port ?? 0) || (a.toPort ?? 0) - (b.toPort ?? 0);
}
