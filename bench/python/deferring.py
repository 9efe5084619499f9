"""A charm that observes events which were deferred."""

import ops


class PokedEvent(ops.EventBase):
    def __init__(self, handle: ops.Handle, n: int = 0):
        super().__init__(handle)
        self.n = n

    def snapshot(self):
        return {"n": self.n}

    def restore(self, snapshot):
        self.n = snapshot["n"]


class DeferringEvents(ops.CharmEvents):
    poked = ops.EventSource(PokedEvent)


class DeferringCharm(ops.CharmBase):
    on = DeferringEvents()

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.poked, self._on_poked)

    def _on_poked(self, _event: PokedEvent):
        pass


if __name__ == "__main__":
    ops.main(DeferringCharm)
