// The network that an endpoint is bound to.

import { RelationNotFoundError } from '../hookcmds/command-error.ts';
import { networkGet, type Address, type NetworkAnswer } from '../hookcmds/network.ts';
import type { Backend } from './backend.ts';

/** How this unit is reached, and reaches others, on the network of an endpoint. An address may be a name that Juju could not resolve. */
export interface Binding {
  /** Of the endpoint, or of one of `extra-bindings`. */
  readonly name: string;
  /** Where a workload listens, or `undefined` if the unit has no address yet. */
  readonly bindAddress: string | undefined;
  /** Where others reach it. */
  readonly ingressAddress: string | undefined;
  /** An entry for each address of each interface. */
  readonly interfaces: readonly NetworkInterface[];
  readonly ingressAddresses: readonly string[];
  /** Where its own connections come from, as CIDR. */
  readonly egressSubnets: readonly string[];
}

/** One address of an interface. */
export interface NetworkInterface {
  /** Such as `eth0`. */
  readonly name: string;
  readonly address: string | undefined;
  /** As CIDR; that of the address alone if Juju knows no more. */
  readonly subnet: string | undefined;
}

/** Asks once in a dispatch. @param relation for the network of one relation; that of the endpoint if it is gone. */
export async function readBinding(backend: Backend, endpoint: string, relation?: number): Promise<Binding> {
  return backend.cached(`binding ${endpoint} ${relation}`, async () => {
    if (relation === undefined) return bindingFrom(endpoint, await networkGet(backend.runner, endpoint));
    try {
      return bindingFrom(endpoint, await networkGet(backend.runner, endpoint, { relation: String(relation) }));
    } catch (error) {
      if (error instanceof RelationNotFoundError) return readBinding(backend, endpoint);
      throw error;
    }
  });
}

function bindingFrom(name: string, network: NetworkAnswer): Binding {
  const interfaces = network.bindAddresses.flatMap(({ interfaceName, addresses }) =>
    addresses.map((address) => interfaceFrom(interfaceName, address)),
  );
  const { ingressAddresses, egressSubnets } = network;
  const [ingressAddress] = ingressAddresses;
  return { name, bindAddress: interfaces[0]?.address, ingressAddress, interfaces, ingressAddresses, egressSubnets };
}

function interfaceFrom(name: string, { value, cidr }: Address): NetworkInterface {
  return { name, address: value || undefined, subnet: cidr || subnetOf(value) };
}

function subnetOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) return `${address}/32`;
  return address.includes(':') ? `${address}/128` : undefined;
}
