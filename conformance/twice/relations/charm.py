"""A requirer: it reads and writes settings of units and applications in all five relation events."""

import ops


class RelationsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_created, self._on_created)
        framework.observe(self.on.db_relation_joined, self._on_joined)
        framework.observe(self.on.db_relation_changed, self._on_changed)
        framework.observe(self.on.db_relation_departed, self._on_departed)
        framework.observe(self.on.db_relation_broken, self._on_broken)

    def _on_created(self, event: ops.RelationCreatedEvent):
        event.relation.data[self.app].update({"database": "web", "extra": "ünï"})
        self.unit.status = ops.WaitingStatus(f"{event.app.name} has {len(event.relation.units)} units")

    def _on_joined(self, event: ops.RelationJoinedEvent):
        settings = event.relation.data[self.unit]
        settings["for"] = event.unit.name
        settings["address"] = settings.get("ingress-address", "")

    def _on_changed(self, event: ops.RelationChangedEvent):
        if event.unit is None:
            url = event.relation.data[event.app].get("url", "none")
            self.unit.status = ops.ActiveStatus(url)
            return
        remote = dict(event.relation.data[event.unit])
        ours = event.relation.data[self.unit]
        ours.update({"seen": ",".join(sorted(remote)), "for": ""})
        if "obsolete" in remote:
            del event.relation.data[self.app]["extra"]

    def _on_departed(self, event: ops.RelationDepartedEvent):
        left = sorted(unit.name for unit in event.relation.units)
        self.unit.status = ops.MaintenanceStatus(
            f"{event.unit.name} went with {event.departing_unit.name}, left: {left}"
        )

    def _on_broken(self, event: ops.RelationBrokenEvent):
        active = [relation.id for relation in self.model.relations["db"]]
        self.unit.status = ops.BlockedStatus(f"{event.app.name} is gone, left: {active}")


if __name__ == "__main__":
    ops.main(RelationsCharm)
