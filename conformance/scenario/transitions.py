"""Runs the transitions of stdin in Scenario, all in one process. argv: an empty directory for files."""

import dataclasses
import json
import pathlib
import sys

import ops
import ops.pebble
from charm import Events, ScriptCharm, error_name
from ops import testing
from scenario.errors import UncaughtCharmError
from scenario.state import _Event


def units(values):
    return {int(number): dict(data) for number, data in values.items()}


def relation_from(given):
    given = dict(given)
    kind = given.pop('kind', 'regular')
    endpoint = given.pop('endpoint')
    renamed = {
        'id': 'id',
        'localAppData': 'local_app_data',
        'localUnitData': 'local_unit_data',
        'remoteAppName': 'remote_app_name',
        'remoteAppData': 'remote_app_data',
        'remoteUnitData': 'remote_unit_data',
        'remoteUnitId': 'remote_unit_id',
        'remoteUnitsData': 'remote_units_data',
        'peersData': 'peers_data',
    }
    fields = {
        renamed[key]: units(value) if key in ('remoteUnitsData', 'peersData') else value
        for key, value in given.items()
    }
    fields.setdefault('local_unit_data', {})
    if kind == 'regular':
        fields.setdefault('remote_units_data', {0: {}})
    if kind == 'subordinate':
        fields.setdefault('remote_unit_data', {})
    types = {
        'regular': testing.Relation,
        'peer': testing.PeerRelation,
        'subordinate': testing.SubordinateRelation,
    }
    return types[kind](endpoint, **fields)


def container_from(given, directory):
    mounts = {}
    for index, (path, text) in enumerate(given.get('files', {}).items()):
        source = directory / f'{given["name"]}-{index}'
        source.write_text(text)
        mounts[f'm{index}'] = testing.Mount(location=path, source=source)
    checks = [
        testing.CheckInfo(
            check['name'],
            level=ops.pebble.CheckLevel(check['level']) if 'level' in check else None,
            startup=ops.pebble.CheckStartup(check.get('startup', 'enabled')),
            status=ops.pebble.CheckStatus(check.get('status', 'up')),
            failures=check.get('failures', 0),
            threshold=check.get('threshold', 3),
        )
        for check in given.get('checks', [])
    ]
    return testing.Container(
        given['name'],
        can_connect=given.get('canConnect', True),
        layers={label: ops.pebble.Layer(layer) for label, layer in given.get('layers', {}).items()},
        service_statuses={
            name: ops.pebble.ServiceStatus(status) for name, status in given.get('services', {}).items()
        },
        mounts=mounts,
        execs=[
            testing.Exec(
                each['prefix'],
                return_code=each.get('exitCode', 0),
                stdout=each.get('stdout', ''),
                stderr=each.get('stderr', ''),
            )
            for each in given.get('execs', [])
        ],
        notices=[
            testing.Notice(each['key'], id=each.get('id'), last_data=each.get('lastData', {}))
            for each in given.get('notices', [])
        ],
        check_infos=checks,
    )


def secret_from(given):
    return testing.Secret(
        given['tracked'],
        latest_content=given.get('latest'),
        id=given.get('id'),
        owner=given.get('owner'),
        label=given.get('label'),
        description=given.get('description'),
        remote_grants={int(key): value for key, value in given.get('grants', {}).items()},
    )


PORTS = {'tcp': testing.TCPPort, 'udp': testing.UDPPort, 'icmp': lambda port=None: testing.ICMPPort()}


def config_from(given, options):
    # JSON has one kind of numbers: where the option is a float, 1 is meant to be one.
    def value_of(name, value):
        is_float = options.get(name, {}).get('type') == 'float' and type(value) is int
        return float(value) if is_float else value

    return {name: value_of(name, value) for name, value in given.items()}


def state_from(given, options, directory):
    fields = {
        'leader': given.get('leader', False),
        'config': config_from(given.get('config', {}), options),
        'relations': [relation_from(each) for each in given.get('relations', [])],
        'containers': [container_from(each, directory) for each in given.get('containers', [])],
        'secrets': [secret_from(each) for each in given.get('secrets', [])],
        'storages': [
            testing.Storage(each['name'], index=each.get('index', 0)) for each in given.get('storages', [])
        ],
        'opened_ports': [PORTS[protocol](*port) for protocol, *port in given.get('ports', [])],
        'resources': [
            testing.Resource(name=name, path=path) for name, path in given.get('resources', {}).items()
        ],
        'networks': [
            testing.Network(
                each['binding'],
                [testing.BindAddress([testing.Address(each['address'])])],
                ingress_addresses=[each['ingress']],
                egress_subnets=[each['egress']],
            )
            for each in given.get('networks', [])
        ],
        'planned_units': given.get('plannedUnits', 1),
        'workload_version': given.get('workloadVersion', ''),
        'stored_states': [
            testing.StoredState('_stored', owner_path=given.get('charm', 'Charm'), content=content)
            for content in ([given['stored']] if 'stored' in given else [])
            + ([{'count': 0}] if given.get('storedTwice') else [])
            + ([{'count': object()}] if given.get('storedOdd') else [])
        ],
        'model': testing.Model(
            'test-model', uuid='b6a3ed4c-2c87-4d5c-9a2e-35d8c11b3b8a', type=given.get('modelType', 'kubernetes'),
            cloud_spec=testing.CloudSpec('lxd', region='here') if given.get('cloud') else None,
        ),
    }
    for key in ('unitStatus', 'appStatus'):
        if key in given:
            name = 'unit_status' if key == 'unitStatus' else 'app_status'
            fields[name] = ops.StatusBase.from_name(*given[key])
    return testing.State(**fields)


class NoSuchEvent(Exception):
    """Scenario has refused to make it."""


def event_from(ctx, given, state, directory):
    try:
        return any_event_from(ctx, given, state, directory)
    except ValueError as error:
        raise NoSuchEvent(str(error)) from error


def any_event_from(ctx, given, state, directory):
    if 'custom' in given:
        return _Event(given['kind'])
    if 'path' not in given:
        return named_event_from(ctx, given, state, directory)
    path = given['path']
    about = {key: value for key, value in given.items() if key != 'path'}
    if len(about) == 1:
        return _Event(path)
    return dataclasses.replace(named_event_from(ctx, about, state, directory), path=path)


def named_event_from(ctx, given, state, directory):
    kind, options = given['kind'], dict(given)
    options.pop('kind')
    method = getattr(ctx.on, kind.replace('-', '_'))
    if 'relation' in options:
        relation = options.pop('relation')
        found = [r for r in state.relations if r.id == relation]
        stray = options.pop('stray', None)
        target = relation_from(stray) if stray else found[0]
        names = {'remoteUnit': 'remote_unit', 'departingUnit': 'departing_unit'}
        return method(target, **{names[key]: value for key, value in options.items()})
    if 'container' in options:
        name = options['container']
        found = [c for c in state.containers if c.name == name]
        container = found[0] if found else testing.Container(name, can_connect=True)
        if 'otherContainer' in options:
            container = container_from(options['otherContainer'], directory)
        if 'notice' in options:
            notices = [n for n in container.notices if n.key == options['notice']]
            return method(container, notices[0] if notices else testing.Notice(options['notice']))
        if 'check' in options:
            checks = [c for c in container.check_infos if c.name == options['check']]
            return method(container, checks[0] if checks else testing.CheckInfo(options['check']))
        return method(container)
    if 'storage' in options:
        name, index = options['storage'].split('/')
        return method(testing.Storage(name, index=int(index)))
    if 'secret' in options:
        found = [s for s in state.secrets if s.label == options['secret']]
        secret = found[0] if found else testing.Secret({'a-key': 'b'})
        if 'revision' in options:
            return method(secret, revision=options['revision'])
        return method(secret)
    if kind == 'action':
        return ctx.on.action(options['action'], params=options.get('params', {}))
    return method()


def status(value):
    return [value.name, value.message]


def shown(state, ctx):
    return {
        'unitStatus': status(state.unit_status),
        'appStatus': status(state.app_status),
        'workloadVersion': state.workload_version,
        'ports': sorted([port.protocol, port.port] for port in state.opened_ports),
        'relations': {
            str(relation.id): [dict(relation.local_app_data), dict(relation.local_unit_data)]
            for relation in state.relations
        },
        'secrets': [
            [
                secret.label,
                secret.owner,
                dict(secret.tracked_content),
                dict(secret.latest_content),
                secret.description,
                {str(key): sorted(value) for key, value in secret.remote_grants.items()},
            ]
            for secret in state.secrets
        ],
        'stored': [dict(each.content) for each in state.stored_states if each.name == '_stored' and 'event_count' not in each.content],
        'deferred': sorted(event.name.replace('_', '-') for event in state.deferred),
        'containers': {
            container.name: {
                # Without a status it has not run, nor has it with one that says so.
                'services': {
                    name: value.value for name, value in sorted(container.service_statuses.items()) if value.value != 'inactive'
                },
                'plan': {
                    name: service.command for name, service in sorted(container.plan.services.items())
                },
            }
            for container in state.containers
        },
    }


def run(case, directory):
    seen = []
    handlers = {**{case['observed']: case['steps']}, **case.get('handlers', {})}
    charm = type('Charm', (ScriptCharm,), {'handlers': handlers, 'seen': seen, 'on': Events()})
    meta = dict(case['meta'])
    config, actions = meta.pop('config', None), meta.pop('actions', None)
    result = {'seen': seen}
    ctx = None
    try:
        ctx = testing.Context(
            charm, meta=meta, config=config, actions=actions, app_name='app', **case.get('context', {})
        )
        state = state_from(case['state'], (config or {}).get('options', {}), directory)
        if case.get('deferred'):
            events = [event_from(ctx, each, state, directory) for each in case['deferred']]
            state = dataclasses.replace(state, deferred=[each.deferred(charm._on_event) for each in events])
        if case.get('earlier'):
            ctx.run(event_from(ctx, case['earlier'], state, directory), state)
        out = ctx.run(event_from(ctx, case['event'], state, directory), state)
        result['state'] = shown(out, ctx)
    except UncaughtCharmError as error:
        result['error'] = error_name(error.__cause__ or error)
        result['wrapped'] = True
    except testing.ActionFailed as error:
        result['error'] = 'action-failed'
        result['reason'] = error.message
    except Exception as error:
        result['error'] = error_name(error)
        result['detail'] = str(error)
    if ctx:
        result['unitStatusHistory'] = [status(each) for each in ctx.unit_status_history]
        result['appStatusHistory'] = [status(each) for each in ctx.app_status_history]
        result['workloadVersionHistory'] = list(ctx.workload_version_history)
        result['emitted'] = [event.handle.kind.replace('_', '-') for event in ctx.emitted_events]
        result['log'] = [
            [line.level, line.message]
            for line in ctx.juju_log
            if line.level in ('INFO', 'WARNING', 'ERROR') and line.message.startswith('say ')
        ]
        result['actionLogs'] = list(ctx.action_logs)
        result['actionResults'] = ctx.action_results
        result['requestedStorages'] = dict(ctx.requested_storages)
        result['removedRevisions'] = list(ctx.removed_secret_revisions)
        result['exec'] = {
            name: [[each.command, each.stdin or ''] for each in history] for name, history in ctx.exec_history.items()
        }
    return result


def main():
    directory = pathlib.Path(sys.argv[1])
    results = []
    for index, case in enumerate(json.load(sys.stdin)):
        own = directory / str(index)
        own.mkdir()
        results.append(run(case, own))
    json.dump(results, sys.stdout, default=str)


main()
