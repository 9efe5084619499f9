"""State that outlives the dispatch, of every type that both languages have."""

import ops


class StoredStateCharm(ops.CharmBase):
    _stored = ops.StoredState()
    _cache = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(count=0, ratio=0.5, name="ü", nothing=None, flag=False, names=[], table={})
        self._cache.set_default(seen=[])
        framework.observe(self.on.update_status, self._on_update_status)
        framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        stored = self._stored
        stored.count += 1
        stored.ratio *= 2
        stored.flag = not stored.flag
        stored.names.append(f"n{stored.count}")
        stored.table[f"k{stored.count}"] = {"deep": [stored.count]}
        if stored.count == 2:
            del stored.table["k1"]
            stored.names.insert(0, "first")
            stored.extra = [True, None, 1.5]
        self._cache.seen.append(stored.count)
        self._show()

    def _on_config_changed(self, _event: ops.ConfigChangedEvent):
        self._stored.count += 100
        self._show()
        raise RuntimeError("this state is lost")

    def _show(self):
        stored = self._stored
        table = ",".join(f"{key}={value['deep'][0]}" for key, value in sorted(stored.table.items()))
        extra = len(stored.extra) if stored.count == 2 else "-"
        self.unit.status = ops.ActiveStatus(
            f"{stored.count} {stored.ratio:.1f} {stored.name} {'on' if stored.flag else 'off'} "
            f"{','.join(stored.names)} {table} {extra} {len(self._cache.seen)}"
        )


if __name__ == "__main__":
    ops.main(StoredStateCharm)
