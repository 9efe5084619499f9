"""An event about a storage, deferred until the storage is gone."""

import ops


class StorageGoneCharm(ops.CharmBase):
    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(tries=0)
        framework.observe(self.on.data_storage_detaching, self._on_detaching)

    def _on_detaching(self, event: ops.StorageDetachingEvent):
        self._stored.tries += 1
        if self._stored.tries == 1:
            event.defer()
        self.unit.status = ops.MaintenanceStatus(f"{event.storage.full_id} was at {event.storage.location}")


if __name__ == "__main__":
    ops.main(StorageGoneCharm)
