// The addresses that an endpoint is bound to.

/** How this unit is reached, and reaches others, on the network of an endpoint. */
export interface Binding {
  readonly name: string;
  /** Where a workload listens, or `undefined` if the unit has no address yet. */
  readonly bindAddress: string | undefined;
  /** Where others reach it. */
  readonly ingressAddress: string | undefined;
  readonly bindAddresses: readonly string[];
  readonly ingressAddresses: readonly string[];
  /** Where its own connections come from, as CIDR. */
  readonly egressSubnets: readonly string[];
}
