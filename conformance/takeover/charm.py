"""A charm that defers what it can and stores all that it can, to be taken over by the charm of charm.ts."""

import ops


class DatabaseReady(ops.EventBase):
    def __init__(self, handle: ops.Handle, url: str = "", ports: tuple = ()):
        super().__init__(handle)
        self.url = url
        self.ports = ports

    def snapshot(self):
        return {"url": self.url, "ports": self.ports}

    def restore(self, snapshot):
        self.url = snapshot["url"]
        self.ports = snapshot["ports"]


class DatabaseEvents(ops.ObjectEvents):
    database_ready = ops.EventSource(DatabaseReady)


class Database(ops.Object):
    """What a library is: an object under the charm, with events and state of its own."""

    on = DatabaseEvents()
    _stored = ops.StoredState()

    def __init__(self, charm: ops.CharmBase, endpoint: str):
        super().__init__(charm, endpoint)
        self._stored.set_default(urls=set())
        self.framework.observe(charm.on[endpoint].relation_changed, self._on_changed)

    def _on_changed(self, event: ops.RelationChangedEvent):
        url = event.relation.data[event.unit].get("url", "")
        self._stored.urls.add(url)
        self.on.database_ready.emit(url, (5432, 5433))
        event.defer()


class WebCharm(ops.CharmBase):
    _stored = ops.StoredState()
    unused = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.database = Database(self, "my-db")
        self._stored.set_default(count=0)
        self.unused.set_default(kept=True)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.start, self._on_start)
        framework.observe(self.on.my_db_relation_changed, self._on_db_changed)
        framework.observe(self.database.on.database_ready, self._on_database_ready)

    def _on_config_changed(self, event: ops.ConfigChangedEvent):
        event.defer()

    def _on_start(self, event: ops.StartEvent):
        self._stored.count += 1
        self._stored.ratio = 0.5
        self._stored.nothing = None
        self._stored.limit = 2**53 - 1
        self._stored.names = {"b", "a"}
        self._stored.token = b"\x00\xff"
        self._stored.nested = {"pair": (1, ("x", None)), 7: ["grüße", {"deep": True}]}
        self._stored.text = "yes: no\n# " * 3
        event.defer()

    def _on_db_changed(self, event: ops.RelationChangedEvent):
        event.defer()

    def _on_database_ready(self, event: DatabaseReady):
        event.defer()


if __name__ == "__main__":
    ops.main(WebCharm)
