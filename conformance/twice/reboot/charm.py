"""A machine that is rebooted when the hook has ended."""

import ops


class RebootCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.update_status, self._on_update_status)
        framework.observe(self.on.start, self._on_start)

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        self.unit.reboot()
        self.unit.status = ops.MaintenanceStatus("going down")

    def _on_start(self, _event: ops.StartEvent):
        self.unit.status = ops.ActiveStatus("up again")


if __name__ == "__main__":
    ops.main(RebootCharm)
