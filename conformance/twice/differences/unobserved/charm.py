"""A handler that does not observe its event in each dispatch, and defers it."""

import os

import ops


class UnobservedCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        if os.environ["JUJU_HOOK_NAME"] != "update-status":
            framework.observe(self.on.config_changed, self._on_config_changed)

    def _on_config_changed(self, event: ops.ConfigChangedEvent):
        self.unit.status = ops.ActiveStatus(f"port {self.config['port']}")
        if self.config["port"] == 2:
            event.defer()


if __name__ == "__main__":
    ops.main(UnobservedCharm)
