// The networks that the unit's endpoints are bound to.

import { frozen, Value } from './value.ts';

export interface AddressFields {
  readonly hostname?: string;
  /** Its subnet, such as `10.1.0.0/16`. Default: none is known. */
  readonly cidr?: string;
}

export class Address extends Value {
  readonly value: string;
  readonly hostname: string;
  readonly cidr: string;

  constructor(value: string, fields: AddressFields = {}) {
    super();
    this.value = value;
    this.hostname = fields.hostname ?? '';
    this.cidr = fields.cidr ?? '';
    Object.freeze(this);
  }

  with(changes: AddressFields): Address {
    return new Address(this.value, { ...this, ...changes });
  }
}

export interface BindAddressFields {
  readonly interfaceName?: string;
  readonly macAddress?: string | undefined;
}

/** An interface and its addresses. */
export class BindAddress extends Value {
  readonly addresses: readonly Address[];
  readonly interfaceName: string;
  readonly macAddress: string | undefined;

  constructor(addresses: readonly Address[], fields: BindAddressFields = {}) {
    super();
    this.addresses = frozen(addresses);
    this.interfaceName = fields.interfaceName ?? '';
    this.macAddress = fields.macAddress;
    Object.freeze(this);
  }

  with(changes: BindAddressFields & { readonly addresses?: readonly Address[] }): BindAddress {
    return new BindAddress(changes.addresses ?? this.addresses, { ...this, ...changes });
  }
}

export interface NetworkFields {
  readonly bindAddresses?: readonly BindAddress[];
  readonly ingressAddresses?: readonly string[];
  readonly egressSubnets?: readonly string[];
}

const ADDRESS = '192.0.2.0';

/** The network of an endpoint or of one of `extra-bindings`. Those that a state leaves out have the one address 192.0.2.0. */
export class Network<B extends string = string> extends Value {
  readonly bindingName: B;
  readonly bindAddresses: readonly BindAddress[];
  readonly ingressAddresses: readonly string[];
  readonly egressSubnets: readonly string[];

  constructor(bindingName: B, fields: NetworkFields = {}) {
    super();
    this.bindingName = bindingName;
    this.bindAddresses = frozen(fields.bindAddresses ?? [new BindAddress([new Address(ADDRESS)])]);
    this.ingressAddresses = frozen(fields.ingressAddresses ?? [ADDRESS]);
    this.egressSubnets = frozen(fields.egressSubnets ?? [`${ADDRESS}/24`]);
    Object.freeze(this);
  }

  with(changes: NetworkFields): Network<B> {
    return new Network(this.bindingName, { ...this, ...changes });
  }
}
