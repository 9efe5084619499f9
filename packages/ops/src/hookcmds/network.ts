// The hook commands of the noun "network": arguments to argv, stdout to a value.

import type { Operation } from '../operations/operation.ts';
import { ask } from './command.ts';
import { list, record, stringList, text } from './read.ts';
import type { HookRunner } from './runner.ts';

/** The network that an endpoint is bound to. */
export interface NetworkAnswer {
  /** The interfaces of this unit on it. */
  readonly bindAddresses: readonly BindAddress[];
  /** Where others reach this unit; a name if Juju could not resolve it. */
  readonly ingressAddresses: readonly string[];
  /** Where its own connections come from, as CIDR. */
  readonly egressSubnets: readonly string[];
}

export interface BindAddress {
  readonly interfaceName: string;
  readonly macAddress: string;
  readonly addresses: readonly Address[];
}

export interface Address {
  /** Empty if Juju knows none. */
  readonly hostname: string;
  /** The address; a name if Juju could not resolve it. */
  readonly value: string;
  /** Its subnet, such as `10.1.0.0/16`. Empty if Juju knows none. */
  readonly cidr: string;
}

/** @param options.relation `endpoint:id` or the id alone, for the network of one relation, which may be in another model. */
export function networkGet(
  runner: HookRunner,
  binding: string,
  options: { readonly relation?: string | undefined } = {},
): Operation<NetworkAnswer> {
  const relation = options.relation === undefined ? [] : ['-r', options.relation];
  return ask(runner, 'network-get', [...relation, binding], (value) => {
    const answer = record(value);
    return {
      bindAddresses: list(answer['bind-addresses'] ?? []).map(bindAddress),
      ingressAddresses: stringList(answer['ingress-addresses'] ?? []),
      egressSubnets: stringList(answer['egress-subnets'] ?? []),
    };
  });
}

function bindAddress(value: unknown): BindAddress {
  const entry = record(value);
  return {
    interfaceName: text(entry['interface-name'] ?? ''),
    macAddress: text(entry['mac-address'] ?? ''),
    addresses: list(entry.addresses ?? []).map(addressFrom),
  };
}

function addressFrom(entry: unknown): Address {
  const { hostname, value, address: older, cidr } = record(entry);
  return { hostname: text(hostname ?? ''), value: text(value ?? older), cidr: text(cidr ?? '') }; // `address` before Juju 2.9
}
