"""Actions: parameters, results, progress and every way to fail."""

import ops


class ActionsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.backup_action, self._on_backup)
        framework.observe(self.on.fail_action, self._on_fail)
        framework.observe(self.on.crash_action, self._on_crash)

    def _on_backup(self, event: ops.ActionEvent):
        event.log(f"compressing: {event.params['compress']}")
        event.set_results(
            {
                "file": f"{event.params['name']}.tar",
                "size": {"bytes": 1024, "parts": {"first": 1000, "last": 24}},
                "text": "two\nlines=2",
            }
        )
        event.set_results({"done": "yes", "file": "final.tar"})

    def _on_fail(self, event: ops.ActionEvent):
        event.set_results({"tried": 1})
        event.fail("no disk: ü")
        self.unit.status = ops.BlockedStatus("after fail")
        event.log("still here")

    def _on_crash(self, event: ops.ActionEvent):
        event.set_results({"tried": 1})
        raise RuntimeError("broken")


if __name__ == "__main__":
    ops.main(ActionsCharm)
