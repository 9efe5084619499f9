// Addresses, planned units and open ports, as they are published to the other side.

import { ActiveStatus, CharmBase, main, type Framework, type RelationJoinedEvent } from '@charmed/ops';
import type { META } from './meta.ts';

class NetworkCharm extends CharmBase<typeof META> {
  constructor(framework: Framework) {
    super(framework);
    this.observe(this.on.relation('site').joined, this.#onJoined);
    this.observe(this.on.configChanged, this.#onConfigChanged);
  }

  async #onJoined({ relation }: RelationJoinedEvent): Promise<void> {
    const network = await this.model.binding(relation);
    const endpoint = await this.model.binding('site');
    await relation.data(this.unit).update({
      bind: network.bindAddress,
      ingress: network.ingressAddress,
      egress: network.egressSubnets.join(','),
      interfaces: network.interfaces.map(({ name, address, subnet }) => `${name}=${address} in ${subnet}`).join(','),
      same: endpoint.bindAddress === network.bindAddress ? 'yes' : 'no',
      planned: String(await this.app.plannedUnits()),
    });
  }

  async #onConfigChanged(): Promise<void> {
    const { ports, extra } = await this.config();
    const wanted = ports.split(',').filter((port) => port !== '');
    await this.unit.setPorts(...wanted.map(Number));
    const open = (await this.unit.openedPorts()).map(({ port, protocol }) => `${port}/${protocol}`).toSorted();
    if (extra.includes('icmp')) await this.unit.openPort({ protocol: 'icmp' });
    if (extra.includes('close')) await this.unit.closePort({ protocol: 'tcp', port: 80 });
    await this.unit.setStatus(new ActiveStatus(open.join(' ')));
  }
}

if (import.meta.main) await main(NetworkCharm);
