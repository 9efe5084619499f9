"""Drives a Pebble through each method of Python ops's own client, and prints what came of each as a line of JSON.

Usage: drive.py SOCKET DIRECTORY
"""

import datetime
import io
import json
import re
import sys

from ops import pebble

socket_path, directory = sys.argv[1:]
client = pebble.Client(socket_path=socket_path)
touched = set()


def plain(value):
    """Without times and other things that differ from run to run."""
    if isinstance(value, datetime.datetime):
        return 'time'
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value.value if hasattr(value, 'value') else value
    if isinstance(value, bytes):
        return value.decode('latin1')
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if hasattr(value, 'to_dict'):
        return plain(value.to_dict())
    if hasattr(value, 'value'):
        return value.value
    return {key: plain(each) for key, each in sorted(vars(value).items()) if not key.startswith('_')}


def call(name, *args, then=None, **kwargs):
    touched.add(name)
    try:
        result = getattr(client, name)(*args, **kwargs)
        outcome = plain(then(result) if then else result)
    except pebble.Error as error:
        # Whether the answer comes before the rest of the request cannot be written is chance.
        outcome = 'refused' if name == 'ack_warnings' else f'{type(error).__name__}: {error}'
    text = json.dumps([name, outcome], sort_keys=True).replace(directory, 'DIRECTORY')
    text = re.sub(r'\d{4}-\d\d-\d\dT[\d:.]+Z', 'TIME', text)
    print(re.sub(r'\.[\w-]{8,}~', '.TEMPORARY', text), flush=True)


def read(file):
    with file:
        return file.read()


SLEEP = {'override': 'replace', 'command': 'sleep 60', 'startup': 'enabled'}
CHECK = {'override': 'replace', 'period': '1h', 'startup': 'disabled', 'exec': {'command': 'true'}}

call('get_system_info', then=lambda info: isinstance(info.version, str))
call('add_layer', 'base', {'summary': 'S', 'services': {'web': SLEEP, 'none': {'override': 'replace', 'command': '/no/such'}}})
call('add_layer', 'checks', pebble.Layer({'checks': {'up': CHECK}}))
call('add_layer', 'base', 'services: {web: {override: merge, summary: Web}}', combine=True)
call('add_layer', 'base', '')
call('get_plan')
call('autostart_services', then=lambda change: change)
call('get_services')
call('get_services', ['web', 'unknown'])
call('send_signal', 'SIGCONT', ['web'])
call('send_signal', 18, ['web'])
call('send_signal', 'SIGCONT', ['none'])
call('restart_services', ['web'])
call('stop_services', ['web'])
call('start_services', ['web'])
call('start_services', ['none'])
call('start_services', ['unknown'])
call('replan_services')
call('get_changes', pebble.ChangeState.ALL, then=lambda changes: sorted((change.id, change.kind, change.status, change.err) for change in changes))
call('get_changes', service='web')
call('get_change', pebble.ChangeID('1'))
call('get_change', pebble.ChangeID('99'))
call('wait_change', pebble.ChangeID('1'))
call('abort_change', pebble.ChangeID('1'))
call('get_warnings')
call('ack_warnings', datetime.datetime.now(tz=datetime.timezone.utc))

call('push', f'{directory}/a', 'hällo\n')
call('push', f'{directory}/x/y/b', b'\x00\xff' * 100_000, make_dirs=True, permissions=0o600)
call('push', f'{directory}/c', io.BytesIO(b'stream'), user='root', group_id=0)
call('push', f'{directory}/no/such', 'x')
call('pull', f'{directory}/a', then=read)
call('pull', f'{directory}/x/y/b', encoding=None, then=lambda file: len(read(file)))
call('pull', f'{directory}/none')
call('make_dir', f'{directory}/d/e', make_parents=True, permissions=0o700)
call('make_dir', f'{directory}/d')
call('list_files', directory)
call('list_files', f'{directory}/x', itself=True)
call('list_files', directory, pattern='[ab]')
call('list_files', f'{directory}/none')
call('remove_path', f'{directory}/x')
call('remove_path', f'{directory}/x', recursive=True)
call('remove_path', f'{directory}/none')

call('exec', ['cat'], stdin='hello', then=lambda process: process.wait_output())
call('exec', ['sh', '-c', 'echo out; echo err >&2; exit 3'], then=lambda process: process.wait_output())
call('exec', ['sh', '-c', 'echo $A; pwd'], environment={'A': 'a'}, working_dir='/usr', then=lambda process: process.wait_output())
call('exec', ['sh', '-c', 'echo out; echo err >&2'], combine_stderr=True, encoding=None, then=lambda process: process.wait_output())
call('exec', ['sleep', '20'], timeout=0.2, then=lambda process: process.wait())
call('exec', ['no-such-program'])


def signalled(process):
    process.stdout.readline()
    process.send_signal('SIGTERM')
    return process.wait()


call('exec', ['sh', '-c', 'trap "exit 7" TERM; echo ready; while :; do sleep 0.05; done'], then=signalled)

call('get_checks')
call('start_checks', ['up'])
call('get_checks', level=pebble.CheckLevel.ALIVE)
call('get_checks', names=['up'], then=lambda checks: [(check.name, check.status) for check in checks])
call('stop_checks', ['up'])
call('stop_checks', ['none'])

call('notify', pebble.NoticeType.CUSTOM, 'example.com/done', data={'a': 'b'}, repeat_after=datetime.timedelta(hours=1), then=bool)
call('get_notices', types=[pebble.NoticeType.CUSTOM], then=lambda notices: [(n.user_id, n.type, n.key, n.last_data, n.repeat_after) for n in notices])
call('get_notices', users=pebble.NoticesUsers.ALL, keys=['example.com/done'], then=len)
call('get_notices', user_id=42, then=lambda notices: [notice.type for notice in notices if notice.type == pebble.NoticeType.CUSTOM])
call('get_notice', '1', then=lambda notice: (notice.type, notice.key))
call('get_notice', '999')

call('replace_identities', {'bob': pebble.Identity(access='read', local=pebble.LocalIdentity(user_id=42))})
call('get_identities')
call('remove_identities', ['bob'])
call('remove_identities', ['bob'])

public = {name for name in dir(pebble.Client) if not name.startswith('_') and callable(getattr(pebble.Client, name))}
print(json.dumps(['untouched', sorted(public - touched)]))
