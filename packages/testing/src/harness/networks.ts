// The networks of a harness: of an endpoint, of one relation, or for all that have none of their own.

import { isIPv4, isIPv6 } from 'node:net';
import { HookContextError, type HookContext, type NetworkInfo } from '@charmed/sim/juju';
import { endpointRole } from './endpoints.ts';
import { HarnessError } from './errors.ts';
import type { Surroundings } from './surroundings.ts';

export interface NetworkOptions {
  /** Default: all endpoints that have no network of their own. */
  readonly endpoint?: string;
  /** For one relation of the endpoint. */
  readonly relationId?: number;
  /** Default: the /24 or /64 of the address. */
  readonly cidr?: string;
  /** Default: `eth0`. */
  readonly interface?: string;
  /** Default: the address. */
  readonly ingressAddresses?: readonly string[];
  /** Default: the cidr. */
  readonly egressSubnets?: readonly string[];
}

export class Networks implements NetworkContext {
  readonly #world: Surroundings;
  readonly #networks = new Map<string, NetworkInfo>();

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** @throws HarnessError */
  add(address: string, options: NetworkOptions): void {
    const { endpoint, relationId } = options;
    if (endpoint !== undefined) endpointRole(this.#world.meta, endpoint);
    if (relationId !== undefined) this.#requireRelation(endpoint, relationId);
    const { cidr = subnetOf(address), interface: name = 'eth0' } = options;
    const { ingressAddresses = [address], egressSubnets = [cidr] } = options;
    const interfaces = [{ name, macAddress: '', addresses: [{ address, cidr }] }];
    this.#networks.set(keyOf(endpoint, relationId), { interfaces, ingressAddresses, egressSubnets });
  }

  #requireRelation(endpoint: string | undefined, id: number): void {
    if (endpoint === undefined)
      throw new HarnessError('cannot add a network for a relation without its endpoint: give both');
    const known = this.#world.now.relations.find((each) => each.id === id);
    if (known?.endpoint === endpoint) return;
    const reason = known ? `is one of ${known.endpoint}` : 'does not exist; add it first';
    throw new HarnessError(`cannot add a network for relation ${id} of ${endpoint}: that relation ${reason}`);
  }

  of(binding: string, relation?: number): NetworkInfo | undefined {
    const keys = [...(relation === undefined ? [] : [keyOf(binding, relation)]), keyOf(binding), keyOf()];
    const network = keys.map((key) => this.#networks.get(key)).find((each) => each !== undefined);
    if (network) return network;
    throw new HookContextError(`no network for ${binding}: give the harness one with addNetwork`);
  }

  /** As in ops, a relation brings networks with it, unless there is one for all. */
  relationAdded(endpoint: string, relationId: number): void {
    if (this.#networks.has(keyOf())) return;
    if (!this.#networks.has(keyOf(endpoint, relationId))) this.add('10.0.0.10', { endpoint, relationId });
    if (!this.#networks.has(keyOf(endpoint))) this.add('192.0.2.0', { endpoint });
  }

  privateAddress(): string | undefined {
    return undefined;
  }

  publicAddress(): string | undefined {
    return undefined;
  }
}

type NetworkContext = HookContext['network'];

function keyOf(endpoint = '', relation?: number): string {
  return `${endpoint}:${relation ?? ''}`;
}

function subnetOf(address: string): string {
  if (isIPv4(address)) return `${address.replace(/\.\d+$/, '.0')}/24`;
  if (!isIPv6(address)) throw new HarnessError(`cannot add a network of ${address}: that is not an address`);
  const { hostname } = new URL(`http://[${address}]`);
  return `${networkPart(hostname.slice(1, -1))}::/64`;
}

// The first four of the eight groups.
function networkPart(address: string): string {
  const [head = '', tail] = address.split('::');
  const [front, back] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)];
  const gap = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  const groups = [...front, ...gap, ...back].slice(0, 4);
  return groups.join(':').replace(/(:0)+$/, '');
}
