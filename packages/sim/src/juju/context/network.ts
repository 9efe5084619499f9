// The ports and addresses of a hook's unit.

export interface PortRange {
  /** The endpoint it is opened for; empty means all. */
  readonly endpoint: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly from: number;
  readonly to: number;
}

/** As Juju writes it: `8080/tcp`, `100-200/udp` or `icmp`. */
export function portText({ protocol, from, to }: Omit<PortRange, 'endpoint'>): string {
  if (protocol === 'icmp') return 'icmp';
  return `${from === to ? from : `${from}-${to}`}/${protocol}`;
}

export interface PortContext {
  /** As they will be if the hook succeeds. */
  opened(): readonly PortRange[];
  /** Happens when the hook succeeds. @throws HookContextError when it overlaps another range. */
  open(port: PortRange): void;
  /** Happens when the hook succeeds. @throws HookContextError when it overlaps another range. */
  close(port: PortRange): void;
}

export interface NetworkInfo {
  readonly interfaces: readonly {
    readonly name: string;
    readonly macAddress: string;
    readonly addresses: readonly { readonly address: string; readonly cidr: string }[];
  }[];
  readonly ingressAddresses: readonly string[];
  readonly egressSubnets: readonly string[];
}

export interface NetworkContext {
  /** `undefined` for an unknown binding. @param relation id of the relation that it is asked for, if it is for one. */
  of(binding: string, relation?: number): NetworkInfo | undefined;
  privateAddress(): string | undefined;
  publicAddress(): string | undefined;
}
