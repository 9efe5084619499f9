"""The charm whose handlers play the steps of a script: the same as charm.ts."""

import ops


class CrashError(Exception):
    pass


class StrictConfig:
    def __init__(self, port, **_):
        if port < 1:
            raise ValueError('port is too low')


class ScriptCharm(ops.CharmBase):
    handlers = {}
    seen = []

    def __init__(self, framework):
        super().__init__(framework)
        if 'init' in self.handlers:
            raise CrashError()
        for event in self.on.events().values():
            name = event.event_kind
            if not name.startswith(('collect_', 'pre_commit', 'commit', 'collect-metrics')):
                framework.observe(event, self._on_event)
        if 'collect-unit-status' in self.handlers:
            framework.observe(self.on.collect_unit_status, self._on_event)
        if 'collect-app-status' in self.handlers:
            framework.observe(self.on.collect_app_status, self._on_event)

    def _on_event(self, event):
        kind = event.handle.kind.replace('_', '-')
        self.seen.append([kind, *words_of(event)])
        for verb, *args in self.handlers.get(kind, []):
            value = getattr(self, 'do_' + verb.replace('-', '_'))(event, *args)
            if value is not None:
                self.seen.append([verb, value])

    def do_status(self, _, name, message=''):
        self.unit.status = ops.StatusBase.from_name(name, message)

    def do_add_status(self, event, name, message=''):
        event.add_status(ops.StatusBase.from_name(name, message))

    def do_defer(self, event):
        event.defer()

    def do_crash(self, _):
        raise CrashError()

    def do_set_unit(self, event, key, value):
        event.relation.data[self.unit][key] = value

    def do_set_app(self, event, key, value):
        event.relation.data[self.app][key] = value

    def do_read(self, event):
        return dict(event.relation.data[event.unit or event.app])

    def do_units(self, event):
        return sorted(unit.name for unit in event.relation.units)

    def do_related(self, event):
        return [relation.id for relation in self.model.relations[event.relation.name]]

    def do_config(self, _, name):
        return self.config.get(name, 'none')

    def do_strict_config(self, _):
        self.load_config(StrictConfig, errors='blocked')

    def do_leads(self, _):
        return self.unit.is_leader()

    def do_version(self, _, version):
        self.unit.set_workload_version(version)

    def do_reboot(self, _):
        self.unit.reboot()

    def do_port(self, _, port):
        self.unit.open_port('tcp', port)

    def do_secret(self, event, how='tracked'):
        if how == 'peek':
            return event.secret.peek_content()
        return event.secret.get_content(refresh=how == 'refresh')

    def do_results(self, event, results):
        event.set_results(results)

    def do_log(self, event, message):
        event.log(message)

    def do_fail(self, event, message=''):
        event.fail(message)

    def do_params(self, event):
        return dict(event.params)

    def do_layer(self, event, name, command):
        service = {'override': 'replace', 'command': command, 'startup': 'enabled'}
        event.workload.add_layer('layer', {'services': {name: service}}, combine=True)
        event.workload.replan()

    def do_push(self, event, path, content):
        event.workload.push(path, content, make_dirs=True)

    def do_pull(self, event, path):
        return event.workload.pull(path).read()

    def do_exec(self, event, command):
        return list(event.workload.exec(command).wait_output())

    def do_storages(self, _, name):
        return sorted(storage.full_id for storage in self.model.storages[name])

    def do_request(self, _, name, count):
        self.model.storages.request(name, count)


def words_of(event):
    if isinstance(event, ops.RelationEvent):
        unit, departing = event.unit, getattr(event, 'departing_unit', None)
        names = [event.app.name, unit and unit.name, departing and departing.name]
        return [event.relation.id, *names, event.relation.active]
    if isinstance(event, ops.StorageEvent):
        return [event.storage.full_id]
    if isinstance(event, ops.SecretEvent):
        return [event.secret.label, getattr(event, 'revision', None)]
    if isinstance(event, ops.PebbleNoticeEvent):
        return [event.workload.name, event.notice.type.value, event.notice.key]
    return [event.workload.name] if isinstance(event, ops.WorkloadEvent) else []
