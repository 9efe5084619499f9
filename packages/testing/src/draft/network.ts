// The networks of the unit's bindings.

import type { HookContext, NetworkInfo } from '@charmed/sim/juju';
import { Network } from '../state/network.ts';
import type { DraftScope } from './scope.ts';

export class NetworkDraft implements NetworkContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  of(binding: string): NetworkInfo | undefined {
    if (!this.#isBinding(binding)) return undefined;
    const given = this.#scope.state.networks.find(({ bindingName }) => bindingName === binding);
    const { bindAddresses, ingressAddresses, egressSubnets } = given ?? new Network(binding);
    const interfaces = bindAddresses.map(({ interfaceName, macAddress = '', addresses }) => ({
      name: interfaceName,
      macAddress,
      addresses: addresses.map(({ value, hostname, cidr }) => ({ address: value, hostname, cidr })),
    }));
    return { interfaces, ingressAddresses, egressSubnets };
  }

  privateAddress(): string | undefined {
    return this.of('juju-info')?.interfaces[0]?.addresses[0]?.address;
  }

  publicAddress(): string | undefined {
    return this.of('juju-info')?.ingressAddresses[0];
  }

  #isBinding(name: string): boolean {
    const { requires, provides, peers, 'extra-bindings': extra } = this.#scope.meta;
    return name === 'juju-info' || [requires, provides, peers, extra].some((section) => section && name in section);
  }
}

type NetworkContext = HookContext['network'];
