// network-get and unit-get. Follow juju/juju internal/worker/uniter/runner/jujuc/network-get.go and unit-get.go.

import { quote } from '@charmed/ops/internal';
import type { CommandCall, HookCommand } from '../command.ts';
import type { NetworkInfo } from '../context/network.ts';
import { goMap } from '../go/value.ts';
import { HookContextError } from '../hook-context.ts';
import { givenRelation, RELATION_FLAGS } from '../relation-id.ts';
import { requireAtMost, UsageError } from '../usage-error.ts';

const PARTS = ['bind-address', 'ingress-address', 'egress-subnets'] as const;
type Part = (typeof PARTS)[number];

export const networkGet: HookCommand = {
  name: 'network-get',
  flags: {
    'primary-address': 'flag',
    'bind-address': 'flag',
    'ingress-address': 'flag',
    'egress-subnets': 'flag',
    ...RELATION_FLAGS,
  },
  prints: 'smart',
  run(call) {
    const { context, flags, args } = call;
    const [binding] = args;
    if (binding === undefined) throw new UsageError('no arguments specified');
    if (binding === '') throw new UsageError('no binding name specified');
    requireAtMost(args, 1);
    const network = context.network.of(binding, givenRelation(call)?.id);
    if (!network) throw new HookContextError(`no network config found for binding ${quote(binding)}`);
    const [part, ...others] = PARTS.filter((name) => flags[name]);
    if (flags['primary-address']) {
      if (part) throw new HookContextError('--primary-address must be the only flag specified');
      return firstAddress(network, binding);
    }
    if (part === undefined) return whole(call, network);
    if (others.length === 0) return valueOf(part, network, binding);
    return goMap(Object.fromEntries([part, ...others].map((name) => [name, valueOf(name, network, binding)])));
  },
};

export const unitGet: HookCommand = {
  name: 'unit-get',
  prints: 'smart',
  run({ context, args }) {
    const [setting] = args;
    if (setting === undefined) throw new UsageError('no setting specified');
    if (setting !== 'private-address' && setting !== 'public-address') {
      throw new UsageError(`unknown setting ${quote(setting)}`);
    }
    requireAtMost(args, 1);
    const address = setting === 'private-address' ? context.network.privateAddress() : context.network.publicAddress();
    if (address === undefined) throw new HookContextError(`${setting.replace('-', ' ')} not found`);
    return address;
  },
};

function valueOf(part: Part, network: NetworkInfo, binding: string): unknown {
  switch (part) {
    case 'bind-address':
      return firstAddress(network, binding);
    case 'ingress-address':
      return network.ingressAddresses[0] ?? firstAddress(network, binding);
    case 'egress-subnets':
      return network.egressSubnets;
  }
}

function firstAddress(network: NetworkInfo, binding: string): string {
  const [address] = network.interfaces[0]?.addresses ?? [];
  if (address) return address.address;
  throw new HookContextError(`no addresses attached to space for binding ${quote(binding)}`);
}

// YAML has some fields twice, under their old names too.
function whole({ format }: CommandCall, network: NetworkInfo): object {
  const isYaml = format !== 'json';
  return {
    'bind-addresses': network.interfaces.map(({ name, macAddress, addresses }) => ({
      'mac-address': macAddress,
      'interface-name': name,
      addresses: addresses.map(({ address, cidr }) => ({
        hostname: '',
        value: address,
        cidr,
        ...(isYaml && { address }),
      })),
      ...(isYaml && { macaddress: macAddress, interfacename: name }),
    })),
    ...(network.egressSubnets.length > 0 && { 'egress-subnets': network.egressSubnets }),
    ...(network.ingressAddresses.length > 0 && { 'ingress-addresses': network.ingressAddresses }),
  };
}
