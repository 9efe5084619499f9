"""The charm of charm.py, with its store in the state that Juju keeps."""

import ops
from charm import WebCharm

if __name__ == "__main__":
    ops.main(WebCharm, use_juju_for_storage=True)
