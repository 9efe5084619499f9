"""Runs per second of Scenario: a charm with one handler and one relation. argv: seconds."""

import sys
import time

import ops
from ops import testing


class Charm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_changed, self._on_changed)

    def _on_changed(self, event):
        self.unit.status = ops.ActiveStatus(event.relation.data[event.app].get('url', ''))


ctx = testing.Context(Charm, meta={'name': 'web', 'requires': {'db': {'interface': 'sql'}}})
relation = testing.Relation('db', remote_app_data={'url': 'sql://db'})
state = testing.State(leader=True, relations=[relation])
event = ctx.on.relation_changed(relation, remote_unit=0)
for _ in range(10):
    ctx.run(event, state)
count, until = 0, time.monotonic() + float(sys.argv[1])
while time.monotonic() < until:
    ctx.run(event, state)
    count += 1
print(count / float(sys.argv[1]))
