"""Events of a library's own: emitted in handlers, nested, deferred, and observed by the charm and by a sibling."""

import ops


class ReadyEvent(ops.EventBase):
    def __init__(self, handle: ops.Handle, url: str = "", count: int = 0):
        super().__init__(handle)
        self.url = url
        self.count = count

    def snapshot(self):
        return {"url": self.url, "count": self.count}

    def restore(self, snapshot):
        self.url = snapshot["url"]
        self.count = snapshot["count"]


class DatabaseEvents(ops.ObjectEvents):
    database_ready = ops.EventSource(ReadyEvent)
    database_gone = ops.EventSource(ReadyEvent)


class Database(ops.Object):
    on = DatabaseEvents()
    _stored = ops.StoredState()

    def __init__(self, charm: ops.CharmBase, endpoint: str):
        super().__init__(charm, endpoint)
        self._stored.set_default(count=0)
        self.framework.observe(charm.on[endpoint].relation_changed, self._on_changed)
        self.framework.observe(charm.on[endpoint].relation_broken, self._on_broken)

    def _on_changed(self, event: ops.RelationChangedEvent):
        self._stored.count += 1
        url = event.relation.data[event.app].get("url", "none")
        self.on.database_ready.emit(url, self._stored.count)

    def _on_broken(self, event: ops.RelationBrokenEvent):
        self.on.database_gone.emit(event.app.name, self._stored.count)


class Watcher(ops.Object):
    def __init__(self, charm: ops.CharmBase, database: Database):
        super().__init__(charm, "watcher")
        self.unit = charm.unit
        self.framework.observe(database.on.database_ready, self._on_ready)

    def _on_ready(self, event: ReadyEvent):
        self.unit.status = ops.MaintenanceStatus(f"watcher sees {event.url} {event.count}")


class CustomEventsCharm(ops.CharmBase):
    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(tries=0)
        self.database = Database(self, "db")
        self.watcher = Watcher(self, self.database)
        framework.observe(self.database.on.database_ready, self._on_ready)
        framework.observe(self.database.on.database_gone, self._on_gone)

    def _on_ready(self, event: ReadyEvent):
        self._stored.tries += 1
        if self._stored.tries < 3:
            event.defer()
            self.unit.status = ops.WaitingStatus(f"deferred {event.url} {event.count}")
            return
        self.unit.status = ops.ActiveStatus(f"{event.url} {event.count} after {self._stored.tries}")

    def _on_gone(self, event: ReadyEvent):
        self.unit.status = ops.BlockedStatus(f"{event.url} is gone after {event.count}")


if __name__ == "__main__":
    ops.main(CustomEventsCharm)
