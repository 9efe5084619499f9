"""Peers, and what only the leader may do."""

import ops


class LeadershipCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.leader_elected, self._on_leader_elected)
        framework.observe(self.on.peers_relation_changed, self._on_peers_changed)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_leader_elected(self, _event: ops.LeaderElectedEvent):
        peers = self.model.get_relation("peers")
        if peers is None:
            return
        peers.data[self.app]["leader"] = self.unit.name
        self.app.status = ops.ActiveStatus(f"led by {self.unit.name}")

    def _on_peers_changed(self, event: ops.RelationChangedEvent):
        leader = event.relation.data[event.app].get("leader", "nobody")
        self.unit.status = ops.ActiveStatus(f"{leader} leads")

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        peers = self.model.get_relation("peers")
        others = sorted(unit.name for unit in peers.units) if peers else []
        peers.data[self.unit]["others"] = ",".join(others)
        if self.unit.is_leader():
            self.app.status = ops.WaitingStatus("configuring")

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        try:
            self.app.status = ops.ActiveStatus("mine")
        except RuntimeError:
            self.unit.status = ops.BlockedStatus("not the leader")
        self.model.get_relation("peers").data[self.app]["by"] = self.unit.name


if __name__ == "__main__":
    ops.main(LeadershipCharm)
