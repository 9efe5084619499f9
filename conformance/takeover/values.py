"""For each line with a described value, a line with what Python ops stores of it: pickles, by protocol and in base64, and YAML."""

import base64
import json
import pickle
import sys

import yaml
from ops.storage import _SimpleDumper


def build(described):
    kind, content = described
    if kind == "int":
        return int(content)
    if kind == "float":
        return float(content)
    if kind in ("bytes", "bytearray"):
        return {"bytes": bytes, "bytearray": bytearray}[kind](base64.b64decode(content))
    if kind == "dict":
        return {build(key): build(value) for key, value in content}
    if kind == "twice":
        shared = build(content)
        return [shared, shared]
    if kind in ("list", "tuple", "set", "frozenset"):
        collection = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
        return collection(build(item) for item in content)
    return content


for line in sys.stdin:
    value = build(json.loads(line))
    pickles = [pickle.dumps(value, protocol) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    stored = {"pickles": [base64.b64encode(pickled).decode() for pickled in pickles]}
    try:
        stored["yaml"] = yaml.dump(value, Dumper=_SimpleDumper, default_flow_style=None)
    except yaml.representer.RepresenterError:
        pass
    print(json.dumps(stored), flush=True)
