"""Sequences of Python's Harness per second: a charm with one handler. argv: relation, seconds."""

import sys
import time
import warnings

import ops
from ops import testing

warnings.simplefilter('ignore')
META = 'name: web\nrequires:\n  db:\n    interface: sql\n'


class Charm(ops.CharmBase):
    seen = None

    def __init__(self, framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_changed, self._on_changed)

    def _on_changed(self, event):
        if event.unit:
            self.seen = event.relation.data[event.unit].get('key')


def sequence():
    harness = testing.Harness(Charm, meta=META)
    relation_id = harness.add_relation('db', 'postgresql')
    harness.begin()
    harness.add_relation_unit(relation_id, 'postgresql/0')
    harness.update_relation_data(relation_id, 'postgresql/0', {'key': 'val'})
    assert harness.charm.seen == 'val'
    harness.cleanup()


for _ in range(20):
    sequence()
seconds = float(sys.argv[2])
count, until = 0, time.monotonic() + seconds
while time.monotonic() < until:
    sequence()
    count += 1
print(count / seconds)
