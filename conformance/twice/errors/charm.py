"""What goes wrong in a handler, what of it a charm can catch, and what remains of a hook that failed."""

import ops


class ErrorsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        relation = self.model.get_relation("db")
        relation.data[self.unit]["try"] = str(self.config["try"])
        self.unit.open_port("tcp", 80)
        self.unit.status = ops.MaintenanceStatus(f"try {self.config['try']}")
        if self.config["try"] == 2:
            raise ValueError("two is too many")

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        caught = []
        relation = self.model.get_relation("db")
        try:
            relation.data[relation.app]["key"] = "value"
        except ops.RelationDataError:
            caught.append("foreign data")
        try:
            relation.data[self.unit]["number"] = 1
        except ops.RelationDataError:
            caught.append("not a string")
        try:
            self.unit.status = ops.UnknownStatus()
        except ops.InvalidStatusError:
            caught.append("status")
        gone = self.model.get_relation("db", 77)
        if not gone.active:
            caught.append("inactive")
        try:
            self.model.relations["nope"]
        except KeyError:
            caught.append("endpoint")
        self.unit.status = ops.ActiveStatus(", ".join(caught))


if __name__ == "__main__":
    ops.main(ErrorsCharm)
