"""The networks of an endpoint and of a relation, ports one by one, and how many units there are to be."""

import ops


class NetworkCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.db_relation_joined, self._on_joined)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        self.unit.open_port("tcp", 8080)
        self.unit.open_port("udp", 53)
        self.unit.open_port("icmp")
        self.unit.close_port("tcp", 8080)
        ports = sorted(f"{port.protocol}:{port.port}" for port in self.unit.opened_ports())
        self._tell(self.model.get_binding("db"), " ".join(ports))

    def _on_joined(self, event: ops.RelationJoinedEvent):
        self.unit.set_ports(8080, ops.Port("udp", 53))
        self._tell(self.model.get_binding(event.relation), f"{self.app.planned_units()} planned")

    def _tell(self, binding: ops.Binding, more: str):
        network = binding.network
        interfaces = [f"{each.name} {each.address} {each.subnet}" for each in network.interfaces]
        ingress = [str(address) for address in network.ingress_addresses]
        egress = [str(subnet) for subnet in network.egress_subnets]
        first = f"{network.bind_address} {network.ingress_address}"
        parts = [binding.name, first, *interfaces, *ingress, *egress, more]
        self.unit.status = ops.ActiveStatus(", ".join(parts))


if __name__ == "__main__":
    ops.main(NetworkCharm)
