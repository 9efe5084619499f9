"""Runs per second of Scenario: a charm with one handler. argv: relation|large|container, seconds."""

import pathlib
import sys
import tempfile
import time

import ops
from ops import testing

META = {'name': 'web', 'requires': {'db': {'interface': 'sql'}}, 'containers': {'web': {}}}


class RelationCharm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        framework.observe(self.on.db_relation_changed, self._on_changed)

    def _on_changed(self, event):
        self.unit.status = ops.ActiveStatus(event.relation.data[event.app].get('url', ''))


class ContainerCharm(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        framework.observe(self.on.web_pebble_ready, self._on_ready)

    def _on_ready(self, event):
        web = self.unit.get_container('web')
        web.push('/etc/web.conf', web.pull('/etc/base.conf').read(), make_dirs=True)
        service = {'override': 'replace', 'command': 'serve', 'startup': 'enabled'}
        web.add_layer('web', {'services': {'web': service}}, combine=True)
        web.replan()


def run_of(kind):
    if kind == 'container':
        source = pathlib.Path(tempfile.mkdtemp()) / 'base.conf'
        source.write_text('port=80')
        mount = testing.Mount(location='/etc/base.conf', source=source)
        ctx = testing.Context(ContainerCharm, meta=META)
        web = testing.Container('web', can_connect=True, mounts={'base': mount})
        state = testing.State(containers=[web])
        return lambda: ctx.run(ctx.on.pebble_ready(web), state)
    ctx = testing.Context(RelationCharm, meta=META)
    count, units = (100, 10) if kind == 'large' else (1, 1)
    relations = [
        testing.Relation(
            'db',
            remote_app_data={'url': 'sql://db'},
            remote_units_data={unit: {'address': '10.0.0.1'} for unit in range(units)},
        )
        for _ in range(count)
    ]
    state = testing.State(leader=True, relations=relations)
    return lambda: ctx.run(ctx.on.relation_changed(relations[0], remote_unit=0), state)


run = run_of(sys.argv[1])
for _ in range(20):
    run()
seconds = float(sys.argv[2])
count, until = 0, time.monotonic() + seconds
while time.monotonic() < until:
    run()
    count += 1
print(count / seconds)
