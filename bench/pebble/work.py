"""One piece of work for a Pebble, by Python ops: work.py SOCKET DIRECTORY WORK [MIB]. Prints what work.ts does."""

import io
import json
import re
import sys
import time

from ops import pebble

socket_path, directory, work, *size = sys.argv[1:]
client = pebble.Client(socket_path=socket_path)
MIB = 1024 * 1024
SIZE = int(size[0]) * MIB if size else 0


class Content(io.RawIOBase):
    def __init__(self):
        self.left = SIZE

    def read(self, size=-1):
        size = min(self.left, MIB if size < 0 else size)
        self.left -= size
        return b'x' * size


def push():
    client.push(f'{directory}/large', Content())


def stream():
    push()
    size = 0
    with client.pull(f'{directory}/large', encoding=None) as file:
        while chunk := file.read(MIB):
            size += len(chunk)
    assert size == SIZE, size


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
used = time.process_time()
begun = time.perf_counter()
{'push': push, 'stream': stream, 'files': files, 'replan': replan, 'exec': execute}[work]()
ms = (time.perf_counter() - begun) * 1000
cpu = (time.process_time() - used) * 1000
with open('/proc/self/status') as status:
    peak = int(re.search(r'VmHWM:\s*(\d+) kB', status.read()).group(1)) / 1024
print(json.dumps({'ms': ms, 'cpu': cpu, 'peak': peak}))
