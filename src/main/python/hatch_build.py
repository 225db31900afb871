"""Puts Corral's jars into the wheel, built from the checkout around this folder."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

JARS = "vagrantsandbox/jars"


class JarsHook(BuildHookInterface[Any]):
    """Builds the jars and adds them to the wheel. An editable install takes them from the same folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the builder before it collects files."""
        package = Path(self.root)
        build = package.parents[2] / "jpackage" / "lib" / "jars"
        jars = package / JARS
        if build.is_file():
            subprocess.run([str(build), str(jars)], check=True)
        if not any(jars.glob("*.jar")):
            raise RuntimeError(f"There are no jars in {jars}, and no checkout around {package} to build them from.")
        build_data["artifacts"] += [f"{JARS}/*.jar", f"{JARS}/bridge.classes"]
