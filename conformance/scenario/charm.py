"""The charm whose handler plays the steps of a transition: the same as charm.ts."""

import ops


class ReadyEvent(ops.EventBase):
    def __init__(self, handle, url=''):
        super().__init__(handle)
        self.url = url

    def snapshot(self):
        return {'url': self.url}

    def restore(self, snapshot):
        self.url = snapshot['url']


class Events(ops.CharmEvents):
    ready = ops.EventSource(ReadyEvent)


class ScriptCharm(ops.CharmBase):
    on = Events()
    handlers = {}
    seen = []
    _stored = ops.StoredState()

    def __init__(self, framework):
        super().__init__(framework)
        self._stored.set_default(count=0)
        for kind in self.handlers:
            name = kind.replace('-', '_')
            if hasattr(self.on, name):
                framework.observe(getattr(self.on, name), self._on_event)

    def _on_event(self, event):
        kind = event.handle.kind.replace('_', '-')
        for step in self.handlers[kind]:
            self.play(step, event)

    # Deferred events name the handler's class, which is another for each transition.
    _on_event.__qualname__ = 'Charm._on_event'

    def play(self, step, event):
        verb, *args = step
        if verb == 'try':
            try:
                self.play(args[0], event)
            except Exception as error:
                self.seen.append(['error', error_name(error)])
            return
        value = getattr(self, 'do_' + verb.replace('-', '_'))(event, *args)
        if value is not None:
            self.seen.append([verb, value[0]])

    def do_status(self, _, name, message=''):
        self.unit.status = ops.StatusBase.from_name(name, message)

    def do_app_status(self, _, name, message=''):
        self.app.status = ops.StatusBase.from_name(name, message)

    def do_read_status(self, _):
        return [[self.unit.status.name, self.unit.status.message]]

    def do_read_app_status(self, _):
        return [[self.app.status.name, self.app.status.message]]

    def do_add_status(self, event, name, message=''):
        event.add_status(ops.StatusBase.from_name(name, message))

    def do_version(self, _, version):
        self.unit.set_workload_version(version)

    def do_is_leader(self, _):
        return [self.unit.is_leader()]

    def do_config(self, _):
        return [dict(self.config)]

    def do_planned_units(self, _):
        return [self.app.planned_units()]

    def do_model(self, _):
        return [[self.model.name, self.model.uuid, self.unit.name, self.app.name]]

    def _bag(self, relation, member):
        if member == 'own-unit':
            return relation.data[self.unit]
        if member == 'own-app':
            return relation.data[self.app]
        if member == 'remote-app':
            return relation.data[relation.app]
        return relation.data[self.model.get_unit(member)]

    def do_relation_set(self, _, endpoint, member, values):
        for relation in self.model.relations[endpoint]:
            self._bag(relation, member).update(values)

    def do_relation_get(self, _, endpoint, member):
        return [[dict(self._bag(relation, member)) for relation in self._by_id(endpoint)]]

    def _by_id(self, endpoint):
        return sorted(self.model.relations[endpoint], key=lambda relation: relation.id)

    def do_relations(self, _, endpoint):
        return [
            [[r.id, r.app.name, sorted(unit.name for unit in r.units)] for r in self._by_id(endpoint)]
        ]

    def do_event_relation(self, event):
        return [[event.relation.id, event.app.name, event.unit.name if event.unit else None]]

    def do_event_units(self, event):
        return [sorted(unit.name for unit in event.relation.units)]

    def do_event_data(self, event, member):
        return [dict(self._bag(event.relation, member))]

    def do_departing(self, event):
        return [event.departing_unit.name if event.departing_unit else None]

    def do_set_ports(self, _, *ports):
        self.unit.set_ports(*ports)

    def do_open_port(self, _, protocol, port=None):
        self.unit.open_port(protocol, port)

    def do_close_port(self, _, protocol, port=None):
        self.unit.close_port(protocol, port)

    def do_ports(self, _):
        return [sorted([p.protocol, p.port] for p in self.unit.opened_ports())]

    def do_defer(self, event):
        event.defer()

    def do_log(self, _, level, message):
        import logging

        logging.getLogger('charm').log(getattr(logging, level), '%s', message)

    def do_raise(self, _, message):
        raise ValueError(message)

    def do_params(self, event):
        return [event.params]

    def do_results(self, event, results):
        event.set_results(results)

    def do_fail(self, event, message=''):
        event.fail(message)

    def do_action_log(self, event, message):
        event.log(message)

    def do_count(self, _, value):
        self._stored.count += value

    def do_read_count(self, _):
        return [self._stored.count]

    def do_emit(self, _, url):
        self.on.ready.emit(url=url)

    def do_payload(self, event):
        return [event.url]

    def do_secret_get(self, _, name, how='tracked'):
        secret = self.model.get_secret(**name)
        if how == 'peek':
            return [secret.peek_content()]
        return [secret.get_content(refresh=how == 'refresh')]

    def do_secret_add(self, _, owner, content, label):
        target = self.unit if owner == 'unit' else self.app
        target.add_secret(content, label=label)

    def do_secret_set(self, _, name, content):
        self.model.get_secret(**name).set_content(content)

    def do_secret_describe(self, _, name, description):
        self.model.get_secret(**name).set_info(description=description)

    def do_secret_info(self, _, name):
        info = self.model.get_secret(**name).get_info()
        return [[info.label, info.revision, info.description or '']]

    def do_secret_grant(self, _, name, endpoint):
        self.model.get_secret(**name).grant(self._by_id(endpoint)[0])

    def do_secret_revoke(self, _, name, endpoint):
        self.model.get_secret(**name).revoke(self._by_id(endpoint)[0])

    def do_secret_remove(self, _, name):
        self.model.get_secret(**name).remove_all_revisions()

    def do_secret_remove_revision(self, _, name, revision):
        self.model.get_secret(**name).remove_revision(revision)

    def do_secret_event(self, event):
        return [event.secret.label]

    def do_event_revision(self, event):
        return [event.revision]

    def do_storages(self, _, name):
        return [sorted(storage.full_id for storage in self.model.storages[name])]

    def do_request_storage(self, _, name, count):
        self.model.storages.request(name, count)

    def do_event_storage(self, event):
        return [event.storage.full_id]

    def do_resource(self, _, name):
        return [str(self.model.resources.fetch(name))]

    def do_network(self, _, binding):
        network = self.model.get_binding(binding).network
        return [
            [
                str(network.bind_address),
                str(network.ingress_address),
                [str(subnet) for subnet in network.egress_subnets],
            ]
        ]

    def do_cloud_spec(self, _):
        spec = self.model.get_cloud_spec()
        return [[spec.type, spec.name, spec.region]]

    def do_workload(self, event):
        return [event.workload.name]

    def _container(self):
        return self.unit.get_container('web')

    def do_can_connect(self, _):
        return [self._container().can_connect()]

    def do_add_layer(self, _, label, layer, combine=True):
        self._container().add_layer(label, layer, combine=combine)

    def do_replan(self, _):
        self._container().replan()

    def do_start(self, _, *names):
        self._container().start(*names)

    def do_stop(self, _, *names):
        self._container().stop(*names)

    def do_restart(self, _, *names):
        self._container().restart(*names)

    def do_services(self, _):
        services = self._container().get_services()
        return [sorted([s.name, s.startup.value, s.current.value] for s in services.values())]

    def do_plan(self, _):
        plan = self._container().get_plan().to_dict()
        return [{name: service.get('command') for name, service in plan.get('services', {}).items()}]

    def do_push(self, _, path, text, make_dirs=False):
        self._container().push(path, text, make_dirs=make_dirs)

    def do_pull(self, _, path):
        return [self._container().pull(path).read()]

    def do_exists(self, _, path):
        return [self._container().exists(path)]

    def do_is_dir(self, _, path):
        return [self._container().isdir(path)]

    def do_make_dir(self, _, path, make_parents=False):
        self._container().make_dir(path, make_parents=make_parents)

    def do_remove_path(self, _, path, recursive=False):
        self._container().remove_path(path, recursive=recursive)

    def do_list_files(self, _, path):
        return [sorted([f.path, 'file' if f.type.value == 'symlink' else f.type.value] for f in self._container().list_files(path))]

    def do_exec(self, _, command, stdin=None):
        out, err = self._container().exec(command, stdin=stdin).wait_output()
        return [[out, err]]

    def do_checks(self, _):
        checks = self._container().get_checks()
        return [sorted([c.name, c.status.value, c.failures, c.threshold] for c in checks.values())]

    def do_check_event(self, event):
        return [[event.info.name, event.info.status.value]]

    def do_notice_event(self, event):
        return [[event.notice.key, event.notice.type.value, event.notice.last_data]]


NAMES = {
    'RelationDataAccessError': 'relation-data-access',
    'RelationDataTypeError': 'relation-data-type',
    'SecretNotFoundError': 'secret-not-found',
    'TooManyRelatedAppsError': 'too-many-related-apps',
    'InvalidStatusError': 'model',
    'InconsistentScenarioError': 'inconsistent',
    'NoSuchEvent': 'inconsistent',
    'StateValidationError': 'bad-state',
    'ActionFailed': 'action-failed',
    'ExecError': 'exec',
    'PathError': 'path',
    'ConnectionError': 'connection',
    'APIError': 'api',
    'ChangeError': 'change',
    'ModelError': 'model',
    'ValueError': 'value',
    'IndexError': 'no-such-relation',
}


def error_name(error):
    return NAMES.get(type(error).__name__, type(error).__name__)
