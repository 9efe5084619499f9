// Ports that are open to clients outside the model, and how Juju writes them.

import { ModelError } from '../errors.ts';

export interface Port {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Absent for icmp. */
  readonly port?: number;
  /** Last port of a range. */
  readonly toPort?: number;
  /** The endpoints to whose networks it is open; `*` is all of them. Absent when not asked for. */
  readonly endpoints?: readonly string[];
}

/** As Juju writes it: `8080/tcp`, `100-200/udp`, `icmp`. @throws ModelError `bad-port`. */
export function portText(port: Port): string {
  if (port.protocol === 'icmp') {
    if (port.port === undefined) return 'icmp';
    throw badPort(`icmp has no ports, got ${port.port}`);
  }
  const first = requireNumber(port.port);
  if (port.toPort === undefined) return `${first}/${port.protocol}`;
  const last = requireNumber(port.toPort);
  if (last < first) throw badPort(`a range goes upwards, got ${first}-${last}`);
  return `${first}-${last}/${port.protocol}`;
}

/** The inverse of {@link portText}. A port without protocol is a TCP port. */
export function portFrom(text: string): Port {
  if (text === 'icmp') return { protocol: 'icmp' };
  const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/.exec(text);
  if (!match) throw badPort(`Juju named the port ${JSON.stringify(text)}`);
  const [, port, toPort, protocol] = match;
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    port: Number(port),
    ...(toPort !== undefined && { toPort: Number(toPort) }),
  };
}

function requireNumber(port: number | undefined): number {
  if (port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw badPort(`a port is a whole number from 1 to 65535, got ${port}`);
}

function badPort(reason: string): ModelError {
  return new ModelError('bad-port', `cannot use port: ${reason}`);
}
