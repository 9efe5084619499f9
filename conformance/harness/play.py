"""Plays the scripts that come on stdin, as JSON, in the Harness of Python ops, and prints what each call gave."""

import json
import logging
import re
import sys
import warnings

import ops
import ops.pebble
from charm import CrashError, ScriptCharm
from ops import testing

warnings.simplefilter('ignore')
logging.disable(logging.CRITICAL)


def error_name(error):
    known = [
        (CrashError, 'crash'),
        (ops.RelationDataTypeError, 'data-type'),
        (ops.RelationDataAccessError, 'data-access'),
        (ops.SecretNotFoundError, 'secret-not-found'),
        (ops.pebble.ConnectionError, 'connection'),
        (ops.pebble.ExecError, 'exec'),
        (ops.pebble.APIError, 'api'),
    ]
    if isinstance(error, testing.ActionFailed):
        return ['action-failed', error.message, error.output.logs, error.output.results]
    return next((name for kind, name in known if isinstance(error, kind)), 'refused')


def snake(name):
    return re.sub('[A-Z]', lambda letter: '_' + letter[0].lower(), name)


def plain(value):
    if isinstance(value, str) and value.startswith('secret:'):
        return 'secret'
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, testing.ActionOutput):
        return {'logs': value.logs, 'results': value.results}
    return value


class Player:
    def __init__(self, script):
        meta = {**script['meta']}
        config, actions = meta.pop('config', None), meta.pop('actions', None)
        self.seen = []
        charm = type('Charm', (ScriptCharm,), {'handlers': script.get('handlers', {}), 'seen': self.seen})
        self.harness = testing.Harness(
            charm,
            meta=json.dumps(meta),
            actions=json.dumps(actions or {}),
            config=json.dumps(config or {}),
        )
        self.results = []

    def play(self, call):
        verb, *args = call
        args = [self.results[int(a[1:])] if isinstance(a, str) and re.fullmatch(r'\$\d+', a) else a for a in args]
        kwargs = {}
        if args and isinstance(args[-1], dict) and list(args[-1]) == ['options']:
            kwargs = {snake(key): value for key, value in args.pop()['options'].items()}
        try:
            own = getattr(self, 'do_' + snake(verb), None)
            result = own(*args, **kwargs) if own else getattr(self.harness, snake(verb))(*args, **kwargs)
            self.results.append(result)
            outcome = {'result': plain(result)}
        except Exception as error:
            self.results.append(None)
            outcome = {'error': error_name(error)}
        outcome['seen'] = self.seen[:]
        self.seen.clear()
        return outcome

    @property
    def model(self):
        return self.harness.model

    def do_config(self):
        return {key: value for key, value in self.model.config.items()}

    def do_status(self):
        return [self.model.unit.status.name, self.model.unit.status.message]

    def do_app_status(self):
        return [self.model.app.status.name, self.model.app.status.message]

    def do_is_leader(self):
        return self.model.unit.is_leader()

    def do_relations(self, endpoint):
        return [relation.id for relation in self.model.relations[endpoint]]

    def do_units(self, endpoint, relation_id):
        relation = self.model.get_relation(endpoint, relation_id)
        return [relation.app.name, sorted(unit.name for unit in relation.units)]

    def do_data(self, relation_id, name):
        return dict(self.harness.get_relation_data(relation_id, name))

    def do_own_data(self, endpoint, relation_id):
        return dict(self.model.get_relation(endpoint, relation_id).data[self.model.app])

    def do_planned(self):
        return self.model.app.planned_units()

    def do_binding(self, endpoint, relation_id=None):
        binding = self.model.get_binding(
            endpoint if relation_id is None else self.model.get_relation(endpoint, relation_id)
        )
        network = binding.network
        return [
            str(network.bind_address),
            str(network.ingress_address),
            [str(subnet) for subnet in network.egress_subnets],
            [[each.name, str(each.subnet)] for each in network.interfaces],
        ]

    def do_storages(self, name):
        return sorted(storage.full_id for storage in self.model.storages[name])

    def do_secret_content(self, id, how='tracked'):
        secret = self.model.get_secret(id=id)
        return secret.peek_content() if how == 'peek' else secret.get_content(refresh=how == 'refresh')

    def do_label(self, id, label):
        self.model.get_secret(id=id, label=label)

    def do_add_own_secret(self, owner, content, label=None):
        return getattr(self.model, owner).add_secret(content, label=label).id

    def do_own_secret(self, verb, id, *args):
        secret = self.model.get_secret(id=id)
        if verb == 'grant':
            secret.grant(self.model.get_relation(*args))
        elif verb == 'revoke':
            secret.revoke(self.model.get_relation(*args))
        else:
            getattr(secret, verb)(*args)

    def do_resource(self, name):
        path = self.model.resources.fetch(name)
        return [path.name, path.read_text()]

    def do_model_name(self):
        return self.model.name

    def do_model_uuid(self):
        return self.model.uuid

    def do_reboots(self):
        return self.harness.reboot_count

    def do_version(self):
        return self.harness.get_workload_version() or ''

    def do_reemit(self):
        self.harness.framework.reemit()

    def do_with_hooks_disabled(self, *calls):
        with self.harness.hooks_disabled():
            return [self.play(call) for call in calls]

    def do_can_connect(self, container):
        return self.model.unit.get_container(container).can_connect()

    def do_plan_of(self, container):
        return {name: service.command for name, service in self.harness.get_container_pebble_plan(container).services.items()}

    def do_services(self, container):
        services = self.model.unit.get_container(container).get_services()
        return {name: info.current.value for name, info in services.items()}

    def do_file(self, container, path, content=None):
        file = self.harness.get_filesystem_root(container) / path[1:]
        if content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        return file.read_text()

    def do_exec_result(self, container, prefix, result):
        result = testing.ExecResult(**{snake(k): v for k, v in result.items()}) if isinstance(result, dict) else result
        self.harness.handle_exec(container, prefix, result=result)

    def do_run(self, container, command):
        return list(self.model.unit.get_container(container).exec(command).wait_output())

    def do_ports(self):
        return sorted(f'{port.port}/{port.protocol}' for port in self.model.unit.opened_ports())

    def do_charm_is_there(self):
        return self.harness.charm is not None


def run(script):
    player = Player(script)
    try:
        return [player.play(call) for call in script['calls']]
    finally:
        player.harness.cleanup()


print(json.dumps([run(script) for script in json.load(sys.stdin)]))
