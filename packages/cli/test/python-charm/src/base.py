import ops

PEERS = "replicas"


class ObservedCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.framework.observe(self.on[PEERS].relation_joined, self._on_peer_joined)

    def _on_peer_joined(self, event: ops.RelationJoinedEvent):
        pass
