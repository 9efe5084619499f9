"""Results of an action that are no strings."""

import ops


class ActionResultsCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.report_action, self._on_report)

    def _on_report(self, event: ops.ActionEvent):
        event.set_results({"yes": True, "no": False, "whole": 1.0, "large": 1e21, "count": 3})


if __name__ == "__main__":
    ops.main(ActionResultsCharm)
