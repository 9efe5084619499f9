"""Storage: attached, listed, asked for, detached; and its event deferred."""

import ops


class StorageCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.data_storage_attached, self._on_attached)
        framework.observe(self.on.data_storage_detaching, self._on_detaching)
        framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_attached(self, event: ops.StorageAttachedEvent):
        storage = event.storage
        self.unit.status = ops.ActiveStatus(f"{storage.full_id} {storage.index} at {storage.location}")

    def _on_detaching(self, event: ops.StorageDetachingEvent):
        self.unit.status = ops.MaintenanceStatus(f"without {event.storage.full_id}")

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        ids = sorted(storage.full_id for storage in self.model.storages["data"])
        self.unit.status = ops.ActiveStatus(f"has {ids[0]} of {len(ids)}")
        self.model.storages.request("data", 2)


if __name__ == "__main__":
    ops.main(StorageCharm)
