"""One piece of work for a Pebble, by Python ops: work.py SOCKET DIRECTORY WORK. Prints what work.ts does."""

import io
import json
import re
import sys
import time

from ops import pebble

socket_path, directory, work = sys.argv[1:]
client = pebble.Client(socket_path=socket_path)
MIB = 1024 * 1024


class Gibibyte(io.RawIOBase):
    def __init__(self):
        self.left = 1024 * MIB

    def read(self, size=-1):
        size = min(self.left, MIB if size < 0 else size)
        self.left -= size
        return b'x' * size


def one_gib():
    client.push(f'{directory}/large', Gibibyte())
    size = 0
    with client.pull(f'{directory}/large', encoding=None) as file:
        while chunk := file.read(MIB):
            size += len(chunk)
    assert size == 1024 * MIB, size


def files():
    for count in range(1000):
        client.push(f'{directory}/{count}', 'content')


def replan():
    for _ in range(200):
        client.replan_services()


def execute():
    for _ in range(100):
        client.exec(['echo', 'hello']).wait_output()


client.get_system_info()
begun = time.perf_counter()
{'1gib': one_gib, 'files': files, 'replan': replan, 'exec': execute}[work]()
ms = (time.perf_counter() - begun) * 1000
with open('/proc/self/status') as status:
    peak = int(re.search(r'VmHWM:\s*(\d+) kB', status.read()).group(1)) / 1024
print(json.dumps({'ms': ms, 'peak': peak}))
