#!/usr/bin/env python3
"""A charm with all ways to observe that are in use."""

import ops
from base import PEERS, ObservedCharm

STORAGE = "pages"


class NotesReadyEvent(ops.EventBase):
    """Ours."""


class WikiEvents(ops.CharmEvents):
    notes_ready = ops.EventSource(NotesReadyEvent)


class WikiCharm(ObservedCharm):
    """Operates a wiki."""

    on = WikiEvents()
    _stored = ops.StoredState()
    CONTAINER = "wiki-server"

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.database_name = "db-admin"
        self._stored.set_default(pages=0, seen=[], options={"it's": "x\n", "on": True}, port=None, started=framework.model.name)
        framework.observe(self.on.config_changed, self._on_config_changed)
        self.framework.observe(
            self.on.db_relation_changed,  # a comment, with ) in it
            self._on_db_changed,
        )
        self.framework.observe(self.on[self.database_name].relation_broken, self._on_db_changed)
        observe = self.framework.observe
        observe(self.on["wiki-server"].pebble_ready, self._on_s3_ready)
        observe(self.on.wiki_server_pebble_check_failed, self._reconcile)
        for event in (self.on.start, self.on.update_status, self.on.wiki_server_pebble_custom_notice):
            observe(event, self._reconcile)
        for event, handler in {
            self.on.export_pages_action: self._on_export_pages_action,
            self.on.reset_action: self.on_reset,
        }.items():
            self.framework.observe(bound_event=event, observer=handler)
        storage = [self.on[STORAGE].storage_attached, self.on.pages_storage_detaching]
        for name in storage:
            self.framework.observe(name, self._reconcile)
        self.framework.observe(self.on.collect_unit_status, self._on_collect_status)
        self.framework.observe(self.on.secret_expired, self._reconcile)
        self.framework.observe(self.on.notes_ready, self._on_notes_ready)
        for relation in self.meta.peers:
            self.framework.observe(self.on[relation].relation_departed, self._reconcile)

    @property
    def _page_count(self) -> int:
        return self._stored.pages

    def _on_config_changed(self, event: ops.ConfigChangedEvent):
        """Write the configuration.

        It is text: */ and `backticks` too.
        """
        if not self._page_count:
            event.defer()
            return

        def nested():
            return PEERS

        nested()

    def _on_db_changed(self, _): self._reconcile(_)

    def _on_s3_ready(self, event): pass

    def _reconcile(self, _: ops.EventBase):
        pass

    def _on_export_pages_action(self, event: ops.ActionEvent):
        event.set_results({"file": "x"})

    def on_reset(self, event: ops.ActionEvent):
        pass

    def _on_collect_status(self, event: ops.CollectStatusEvent):
        event.add_status(ops.ActiveStatus())

    def _on_notes_ready(self, event):
        pass


if __name__ == "__main__":  # pragma: no cover
    ops.main(WikiCharm)
