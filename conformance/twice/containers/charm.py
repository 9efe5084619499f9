"""A workload container whose Pebble cannot be reached yet."""

import ops


class ContainersCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.container = self.unit.get_container("nowhere")
        framework.observe(self.on.nowhere_pebble_ready, self._on_pebble_ready)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_pebble_ready(self, event: ops.PebbleReadyEvent):
        if not event.workload.can_connect():
            self.unit.status = ops.WaitingStatus(f"for {event.workload.name}")
            event.defer()

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        try:
            self.container.get_services()
        except ops.pebble.ConnectionError:
            self.unit.status = ops.BlockedStatus("no connection")


if __name__ == "__main__":
    ops.main(ContainersCharm)
