// network-get and unit-get. Follow juju/juju internal/worker/uniter/runner/jujuc/network-get.go and unit-get.go.

import type { HookCommand } from '../command.ts';
import { HookContextError, type NetworkInfo } from '../hook-context.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

export const networkGet: HookCommand = {
  name: 'network-get',
  flags: {
    'primary-address': 'flag',
    'bind-address': 'flag',
    'ingress-address': 'flag',
    'egress-subnets': 'flag',
    r: 'text',
    relation: 'text',
  },
  prints: true,
  run({ context, flags, args }) {
    const [binding] = args;
    if (binding === undefined) throw new UsageError('no arguments specified');
    if (binding === '') throw new UsageError('no binding name specified');
    requireAtMost(args, 1);
    const network = context.network(binding);
    if (!network) throw new HookContextError(`no network config found for binding ${JSON.stringify(binding)}`);
    if (flags['egress-subnets']) return network.egressSubnets;
    if (flags['ingress-address']) return network.ingressAddresses[0] ?? firstAddress(network, binding);
    if (flags['bind-address'] || flags['primary-address']) return firstAddress(network, binding);
    return whole(network);
  },
};

export const unitGet: HookCommand = {
  name: 'unit-get',
  prints: true,
  run({ context, args }) {
    const [setting] = args;
    if (setting === undefined) throw new UsageError('no setting specified');
    if (setting !== 'private-address' && setting !== 'public-address') {
      throw new UsageError(`unknown setting ${JSON.stringify(setting)}`);
    }
    requireAtMost(args, 1);
    const address = setting === 'private-address' ? context.privateAddress() : context.publicAddress();
    if (address === undefined) throw new HookContextError(`${setting.replace('-', ' ')} not found`);
    return address;
  },
};

function firstAddress(network: NetworkInfo, binding: string): string {
  const [address] = network.interfaces.flatMap(({ addresses }) => addresses);
  if (address) return address.address;
  throw new HookContextError(`no addresses attached to space for binding ${JSON.stringify(binding)}`);
}

// Go prints a struct in the order of its fields, and each address under its old name too.
function whole(network: NetworkInfo): object {
  return {
    'bind-addresses': network.interfaces.map(({ name, macAddress, addresses }) => ({
      'mac-address': macAddress,
      'interface-name': name,
      addresses: addresses.map(({ address, cidr }) => ({ hostname: '', value: address, cidr, address })),
    })),
    ...(network.egressSubnets.length > 0 && { 'egress-subnets': network.egressSubnets }),
    ...(network.ingressAddresses.length > 0 && { 'ingress-addresses': network.ingressAddresses }),
  };
}
