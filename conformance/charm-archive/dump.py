"""Packs a project by its part with `plugin: dump`, as `charmcraft pack` does inside of its build container.

    dump.py PROJECT ARCHITECTURE FILE

The steps are those of craft-parts and charmcraft. Only the packages of the host are left alone: a part that dumps a folder needs none.
"""

import pathlib
import sys
import tempfile

import yaml
from charmcraft.models.manifest import Manifest
from charmcraft.models.metadata import CharmMetadata
from charmcraft.models.project import CharmcraftProject
from charmcraft.utils import build_zip
from craft_application.util import safe_yaml_load
from craft_parts import LifecycleManager, ProjectDirs, ProjectInfo, Step, expand_environment, packages
from craft_parts.packages.base import DummyRepository

packages.Repository = DummyRepository


def prime(project, data, architecture, work):
    info = ProjectInfo(
        application_name="charmcraft",
        cache_dir=work,
        arch=architecture,
        project_dirs=ProjectDirs(work_dir=work),
    )
    expand_environment(data, info=info)
    for part in data["parts"].values():
        part["source"] = str(project / part["source"])
    lifecycle = LifecycleManager(
        {"parts": data["parts"]},
        application_name="charmcraft",
        cache_dir=work / "cache",
        work_dir=work,
        arch=architecture,
        base=data["base"],
    )
    with lifecycle.action_executor() as executor:
        executor.execute(lifecycle.plan(Step.PRIME))
    return work / "prime"


def write_metadata(charm, architecture, directory):
    marshaled = charm.marshal()
    files = {"metadata": CharmMetadata.from_charm(charm).marshal()}
    files |= {section: marshaled[section] for section in ("config", "actions") if marshaled.get(section)}
    name, channel = charm.base.split("@")
    bases = [{"name": name, "channel": channel, "architectures": [architecture]}]
    manifest = {
        "charmcraft-version": "4.5.0",
        "charmcraft-started-at": "2026-01-01T00:00:00",
        "bases": bases,
        "analysis": {"attributes": []},
    }
    files["manifest"] = Manifest.unmarshal(manifest).marshal()
    for name, value in files.items():
        (directory / f"{name}.yaml").write_text(yaml.safe_dump(value, sort_keys=True))


def main(project, architecture, file):
    text = (pathlib.Path(project) / "charmcraft.yaml").read_text()
    charm = CharmcraftProject.unmarshal(safe_yaml_load(text))
    with tempfile.TemporaryDirectory() as work:
        primed = prime(pathlib.Path(project).resolve(), safe_yaml_load(text), architecture, pathlib.Path(work))
        write_metadata(charm, architecture, primed)
        build_zip(pathlib.Path(file), primed)


main(*sys.argv[1:])
