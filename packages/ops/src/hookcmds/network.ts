// The hook commands of the noun "network": arguments to argv, stdout to a value.

import { runForJson } from './command.ts';
import { list, record, stringList, text } from './read.ts';
import type { HookRunner } from './runner.ts';

export interface NetworkAnswer {
  readonly bindAddresses: readonly string[];
  readonly ingressAddresses: readonly string[];
  readonly egressSubnets: readonly string[];
}

export function networkGet(runner: HookRunner, binding: string): Promise<NetworkAnswer> {
  return runForJson(runner, 'network-get', [binding], (value) => {
    const answer = record(value);
    return {
      bindAddresses: list(answer['bind-addresses'] ?? []).flatMap(interfaceAddresses),
      ingressAddresses: stringList(answer['ingress-addresses'] ?? []),
      egressSubnets: stringList(answer['egress-subnets'] ?? []),
    };
  });
}

function interfaceAddresses(entry: unknown): readonly string[] {
  return list(record(entry).addresses ?? []).map((address) => {
    const { value, address: older } = record(address);
    return text(value ?? older); // `address` before Juju 2.9
  });
}
