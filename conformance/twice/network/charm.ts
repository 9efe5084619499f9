// The networks of an endpoint and of a relation, ports one by one, and how many units there are to be.

import {
  ActiveStatus,
  CharmBase,
  main,
  type Binding,
  type ConfigChangedEvent,
  type Framework,
  type RelationJoinedEvent,
} from '@charmed/ops';

class NetworkCharm extends CharmBase {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.configChanged, this.#onConfigChanged);
    this.observe(this.on.relation('db').joined, this.#onJoined);
  }

  async #onConfigChanged(_event: ConfigChangedEvent): Promise<void> {
    await this.unit.openPort({ protocol: 'tcp', port: 8080 });
    await this.unit.openPort({ protocol: 'udp', port: 53 });
    await this.unit.openPort({ protocol: 'icmp' });
    await this.unit.closePort({ protocol: 'tcp', port: 8080 });
    const ports = (await this.unit.openedPorts()).map(({ protocol, port }) => `${protocol}:${port ?? 'None'}`);
    await this.#tell(await this.model.binding('db'), ports.toSorted().join(' '));
  }

  async #onJoined({ relation }: RelationJoinedEvent): Promise<void> {
    await this.unit.setPorts(8080, { protocol: 'udp', port: 53 });
    await this.#tell(await this.model.binding(relation), `${await this.app.plannedUnits()} planned`);
  }

  async #tell(binding: Binding, more: string): Promise<void> {
    const { name, bindAddress, ingressAddress, ingressAddresses, egressSubnets } = binding;
    const interfaces = binding.interfaces.map((each) => `${each.name} ${each.address} ${each.subnet}`);
    const first = `${bindAddress} ${ingressAddress}`;
    const parts = [name, first, ...interfaces, ...ingressAddresses, ...egressSubnets, more];
    await this.unit.setStatus(new ActiveStatus(parts.join(', ')));
  }
}

if (import.meta.main) await main(NetworkCharm);
