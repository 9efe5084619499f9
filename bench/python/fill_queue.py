"""Writes as many deferred events as told into a store of ops. To emit them would take hours: each is compared with all before it."""

import pathlib
import sys

from ops.storage import SQLiteStorage

path, length = sys.argv[1:]
storage = SQLiteStorage(pathlib.Path(path))
for n in range(int(length)):
    event = f"DeferringCharm/on/poked[{n + 1}]"
    storage.save_snapshot(event, {"n": n})
    storage.save_notice(event, "DeferringCharm", "_on_poked")
storage.save_snapshot("StoredStateData[_stored]", {"event_count": int(length)})
storage.commit()
storage.close()
