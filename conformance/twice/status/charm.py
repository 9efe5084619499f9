"""Statuses of unit and application: set, read back, carried from one dispatch to the next."""

import ops

STATUSES = {
    "active": ops.ActiveStatus,
    "blocked": ops.BlockedStatus,
    "maintenance": ops.MaintenanceStatus,
    "waiting": ops.WaitingStatus,
}


class StatusCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        before = self.unit.status
        level = self.config["level"]
        self.unit.status = STATUSES[level](f"after {before.name}: {before.message}")
        self.app.status = STATUSES[level]()
        if self.unit.status == STATUSES[level](f"after {before.name}: {before.message}"):
            self.app.status = ops.ActiveStatus(f"unit is {self.unit.status.name}")

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        self.unit.status = ops.StatusBase.from_name(self.app.status.name, f"as the app: {self.app.status.message}")
        self.app.status = ops.ActiveStatus("-- two  spaces, a 'quote' and\na line")


if __name__ == "__main__":
    ops.main(StatusCharm)
