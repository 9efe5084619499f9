"""Prints what the Python charm of a project observes when ops runs it: pairs of an event and a method."""

import json
import pathlib
import sys

from ops import testing

project = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(project / "src"))
from charm import WikiCharm  # noqa: E402

context = testing.Context(WikiCharm, charm_root=project)
with context(context.on.install(), testing.State()) as manager:
    charm = manager.charm.handle.path
    observers = {(event, method) for path, method, _, event in manager.charm.framework._observers if path == charm}
    print(json.dumps(sorted(observers)))
