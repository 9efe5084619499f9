"""A charm that sets its status twenty times."""

import ops


class ReconcileCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.update_status, self._reconcile)

    def _reconcile(self, _event: ops.UpdateStatusEvent):
        for step in range(1, 21):
            self.unit.status = ops.MaintenanceStatus(f"step {step}")


if __name__ == "__main__":
    ops.main(ReconcileCharm)
