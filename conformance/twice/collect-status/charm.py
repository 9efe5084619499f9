"""Statuses that are collected at the end of each dispatch, by the charm and by a part of it."""

import ops


class Checker(ops.Object):
    def __init__(self, charm: ops.CharmBase):
        super().__init__(charm, "checker")
        self.framework.observe(charm.on.collect_unit_status, self._on_collect_unit_status)

    def _on_collect_unit_status(self, event: ops.CollectStatusEvent):
        level = self.model.config["level"]
        if level == "waiting":
            event.add_status(ops.WaitingStatus("for the checker"))
        event.add_status(ops.ActiveStatus("checked"))


class CollectStatusCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.checker = Checker(self)
        framework.observe(self.on.collect_unit_status, self._on_collect_unit_status)
        framework.observe(self.on.collect_app_status, self._on_collect_app_status)
        framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        self.unit.status = ops.MaintenanceStatus("configuring")

    def _on_collect_unit_status(self, event: ops.CollectStatusEvent):
        level = self.config["level"]
        event.add_status(ops.ActiveStatus("all is well"))
        if level == "blocked":
            event.add_status(ops.BlockedStatus("first"))
            event.add_status(ops.BlockedStatus("second"))
            event.add_status(ops.MaintenanceStatus("busy"))
        if level == "wrong":
            event.add_status(ops.UnknownStatus())

    def _on_collect_app_status(self, event: ops.CollectStatusEvent):
        if self.config["level"] != "none":
            event.add_status(ops.ActiveStatus(self.config["level"]))


if __name__ == "__main__":
    ops.main(CollectStatusCharm)
