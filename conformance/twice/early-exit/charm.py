"""Configuration and parameters that do not fit end the dispatch early, without failing it and without keeping anything."""

import dataclasses

import ops


@dataclasses.dataclass
class Settings:
    port: int

    def __post_init__(self):
        if self.port < 1024:
            raise ValueError("port is below 1024")


@dataclasses.dataclass
class Backup:
    level: int

    def __post_init__(self):
        if self.level > 9:
            raise ValueError("level is above 9")


class EarlyExitCharm(ops.CharmBase):
    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(changes=0)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.backup_action, self._on_backup)
        framework.observe(self.on.collect_unit_status, self._on_collect_status)

    def _on_config_changed(self, _: ops.ConfigChangedEvent):
        self._stored.changes += 1
        settings = self.load_config(Settings, errors="blocked")
        self.unit.set_workload_version(f"{self._stored.changes} on {settings.port}")

    def _on_backup(self, event: ops.ActionEvent):
        self._stored.changes += 1
        params = event.load_params(Backup, errors="fail")
        event.set_results({"level": params.level})

    def _on_collect_status(self, event: ops.CollectStatusEvent):
        event.add_status(ops.ActiveStatus(f"{self._stored.changes} changes"))


if __name__ == "__main__":
    ops.main(EarlyExitCharm)
