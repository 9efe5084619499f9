"""Deferred events: their order, what is deferred twice, and new events that are equal to waiting ones."""

import ops


class DeferralCharm(ops.CharmBase):
    _stored = ops.StoredState()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._stored.set_default(log=[], ready=False)
        framework.observe(self.on.config_changed, self._on_config_changed)
        framework.observe(self.on.config_changed, self._on_config_changed_too)
        framework.observe(self.on.db_relation_changed, self._on_db_changed)
        framework.observe(self.on.update_status, self._on_update_status)

    def _on_config_changed(self, event: ops.ConfigChangedEvent):
        self._note("config")
        if not self._stored.ready:
            event.defer()

    def _on_config_changed_too(self, event: ops.ConfigChangedEvent):
        self._note("too")

    def _on_db_changed(self, event: ops.RelationChangedEvent):
        self._note(f"db {event.unit.name if event.unit else event.app.name}")
        if not self._stored.ready:
            event.defer()
            event.defer()

    def _on_update_status(self, _event: ops.UpdateStatusEvent):
        self._note("update")
        self._stored.ready = True

    def _note(self, word: str):
        self._stored.log.append(word)
        self.unit.status = ops.ActiveStatus(" ".join(self._stored.log))


if __name__ == "__main__":
    ops.main(DeferralCharm)
