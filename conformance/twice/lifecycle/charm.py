"""Every event of a unit's life, the configuration in all its types, the workload's version and ports."""

import ops


class LifecycleCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        for event in (
            self.on.install,
            self.on.start,
            self.on.leader_elected,
            self.on.update_status,
            self.on.upgrade_charm,
            self.on.stop,
            self.on.remove,
        ):
            framework.observe(event, self._on_any)
        framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_any(self, event: ops.EventBase):
        self.unit.status = ops.MaintenanceStatus(type(event).__name__)

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        config = self.config
        self.unit.set_workload_version(f"{config['name']} 1.0")
        self.unit.set_ports(config["port"], ops.Port("udp", 53))
        ratio = f"{config['ratio']:.2f}"
        debug = "debug" if config["debug"] else "quiet"
        self.unit.status = ops.ActiveStatus(f"{config['name']}:{config['port']} {ratio} {debug}")


if __name__ == "__main__":
    ops.main(LifecycleCharm)
