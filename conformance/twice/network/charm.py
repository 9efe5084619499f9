"""Addresses, planned units and open ports, as they are published to the other side."""

import ops


class NetworkCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.site_relation_joined, self._on_joined)
        framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_joined(self, event: ops.RelationJoinedEvent):
        network = self.model.get_binding(event.relation).network
        endpoint = self.model.get_binding("site").network
        event.relation.data[self.unit].update(
            {
                "bind": str(network.bind_address),
                "ingress": str(network.ingress_address),
                "egress": ",".join(str(subnet) for subnet in network.egress_subnets),
                "interfaces": ",".join(f"{i.name}={i.address} in {i.subnet}" for i in network.interfaces),
                "same": "yes" if endpoint.bind_address == network.bind_address else "no",
                "planned": str(self.app.planned_units()),
            }
        )

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        wanted = [int(port) for port in self.config["ports"].split(",") if port]
        self.unit.set_ports(*wanted)
        open_ports = sorted(f"{port.port}/{port.protocol}" for port in self.unit.opened_ports())
        if "icmp" in self.config["extra"]:
            self.unit.open_port("icmp")
        if "close" in self.config["extra"]:
            self.unit.close_port("tcp", 80)
        self.unit.status = ops.ActiveStatus(" ".join(open_ports))


if __name__ == "__main__":
    ops.main(NetworkCharm)
