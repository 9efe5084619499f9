"""Defers an event of every kind that can be deferred, in the charm directory that it is given, without Juju."""

import pathlib
import sys

import ops
import ops.storage
from ops.model import _ModelBackend


class KindsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        for name in self.on.events():
            if name.startswith(("pre_series", "post_series", "collect", "leader_settings", "stop", "remove")):
                continue
            if name.endswith("_action") or name in ("secret_rotate", "secret_expired"):
                continue
            framework.observe(getattr(self.on, name), self._on_any)

    def _on_any(self, event: ops.EventBase):
        event.defer()


class Backend(_ModelBackend):
    """Knows what ops asks Juju for when it makes these events."""

    def relation_ids(self, relation_name):
        return [7]

    def relation_list(self, relation_id, *, relation_name=None):
        return ["sql/0"]

    def storage_list(self, name):
        return [3]

    def storage_get(self, storage_name_id, attribute):
        return "/srv/data"


charm_dir = pathlib.Path(sys.argv[1])
meta = ops.CharmMeta.from_charm_root(charm_dir)
backend = Backend("web/0", "test", "c9a3e6a4-6c3f-4d6b-8f5b-2f6f8a1d0b5e")
model = ops.Model(meta, backend)
storage = ops.storage.SQLiteStorage(charm_dir / ".unit-state.db")
charm = KindsCharm(ops.Framework(storage, charm_dir, meta, model))

app = model.get_app("sql")
unit = model.get_unit("sql/0")
relation = ops.Relation("my-db", 7, False, charm.unit, backend, model._cache)
data = ops.Storage("data", 3, backend)
container = charm.unit.get_container("web")
on = charm.on
for name in ("install", "start", "update_status", "config_changed", "upgrade_charm", "leader_elected"):
    getattr(on, name).emit()
on.my_db_relation_created.emit(relation, app)
on.my_db_relation_joined.emit(relation, app, unit)
on.my_db_relation_changed.emit(relation, app)
on.my_db_relation_departed.emit(relation, app, unit, "web/0")
on.my_db_relation_broken.emit(relation, app)
on.data_storage_attached.emit(data)
on.data_storage_detaching.emit(data)
on.web_pebble_ready.emit(container)
on.web_pebble_custom_notice.emit(container, "12", "custom", "example.com/key")
on.web_pebble_check_failed.emit(container, "up")
on.web_pebble_check_recovered.emit(container, "up")
on.secret_changed.emit("secret:9m4e2mr0ui3e8a215n4g", "login")
on.secret_remove.emit("secret:9m4e2mr0ui3e8a215n4g", None, 5)
charm.framework.commit()
charm.framework.close()
