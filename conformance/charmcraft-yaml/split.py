"""What charmcraft makes of each charmcraft.yaml: for a line of JSON with its text, one with the files that it packs, or why it refuses."""

import json
import pathlib
import sys
import tempfile
import warnings

import craft_platforms
import pydantic
import yaml
from craft_application import errors
from craft_application.util import safe_yaml_load
from craft_cli import CraftError
from charmcraft import linters
from charmcraft.models.metadata import CharmMetadata
from charmcraft.models.project import CharmcraftProject

warnings.simplefilter("ignore")
LINTERS = [linters.JujuMetadata, linters.JujuActions, linters.JujuConfig, linters.NamingConventions]


def split(text):
    data = safe_yaml_load(text)
    if not isinstance(data, dict):
        raise ValueError("no mapping")
    charm = CharmcraftProject.unmarshal(data)
    marshaled = charm.marshal()
    craft_platforms.charm.get_charm_build_plan(marshaled)
    files = {"metadata.yaml": CharmMetadata.from_charm(charm).marshal()}
    for section in ("config", "actions"):
        if marshaled.get(section):
            files[f"{section}.yaml"] = marshaled[section]
    return {name: yaml.safe_dump(value, sort_keys=True) for name, value in files.items()}


def lint(files):
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        for file, content in files.items():
            (directory / file).write_text(content)
        results = [linter().get_result(directory) for linter in LINTERS]
        return {result.name: str(result.result) for result in results}


def verdict(text):
    try:
        files = split(text)
    except (pydantic.ValidationError, errors.CraftValidationError, CraftError, ValueError, TypeError, AttributeError) as error:
        return {"refused": f"{type(error).__name__}: {error}"}
    return {"files": files, "lints": lint(files)}


for line in sys.stdin:
    print(json.dumps(verdict(json.loads(line))), flush=True)
