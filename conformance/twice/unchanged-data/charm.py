"""Relation data that is set to what it is already."""

import ops


class UnchangedDataCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        relation = self.model.get_relation("db")
        relation.data[self.unit]["host"] = "a"
        relation.data[self.unit]["host"] = "a"
        relation.data[self.unit].update({"host": "a"})


if __name__ == "__main__":
    ops.main(UnchangedDataCharm)
