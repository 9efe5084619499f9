// The network as a hook sees it: its unit's loopback address, for every binding.

import type { NetworkContext, NetworkInfo } from '../../juju/context/network.ts';
import { endpointsOf } from '../endpoint.ts';
import type { DraftScope } from './scope.ts';

export class NetworkDraft implements NetworkContext {
  readonly #scope: DraftScope;

  constructor(scope: DraftScope) {
    this.#scope = scope;
  }

  of(binding: string): NetworkInfo | undefined {
    const { hook, unit, application } = this.#scope;
    const { address } = unit;
    const bindings = new Set([
      'juju-info',
      ...endpointsOf(hook.base, application.name).map(({ name }) => name),
      ...Object.keys(application.charm['extra-bindings'] ?? {}),
    ]);
    if (!bindings.has(binding)) return undefined;
    return {
      interfaces: [{ name: 'lo', macAddress: '', addresses: [{ address, cidr: '127.0.0.0/8' }] }],
      ingressAddresses: [address],
      egressSubnets: [`${address}/32`],
    };
  }

  privateAddress(): string {
    return this.#scope.unit.address;
  }

  publicAddress(): string {
    return this.#scope.unit.address;
  }
}
