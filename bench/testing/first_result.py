"""A test file with one test: the same as first-result.ts."""

import unittest

import ops
from ops import testing

META = {'name': 'web', 'requires': {'db': {'interface': 'sql'}}, 'containers': {'web': {}}}


class RelationCharm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_changed, self._on_changed)

    def _on_changed(self, event):
        self.unit.status = ops.ActiveStatus(event.relation.data[event.app].get('url', ''))


class RelationTest(unittest.TestCase):
    def test_status(self):
        ctx = testing.Context(RelationCharm, meta=META)
        db = testing.Relation('db', remote_app_data={'url': 'sql://db'})
        out = ctx.run(ctx.on.relation_changed(db, remote_unit=0), testing.State(relations=[db]))
        self.assertEqual(out.unit_status, ops.ActiveStatus('sql://db'))


unittest.main(verbosity=2)
