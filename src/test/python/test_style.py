"""The plugin and its tests keep to the rules in the plugin's pyproject.toml: ruff's, and mypy's strict ones."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

REPOSITORY = Path(__file__).parents[3]
PLUGIN = REPOSITORY / "src/main/python"
TESTS = [REPOSITORY / "src/test" / folder for folder in ("python", "bench", "runner")]


def clean(*command: str | Path) -> None:
    ran = subprocess.run([sys.executable, "-m", *command], cwd=PLUGIN, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_plugin_is_clean():
    clean("ruff", "check", "--no-cache", "vagrantsandbox", "hatch_build.py")
    clean("ruff", "format", "--no-cache", "--check", "vagrantsandbox", "hatch_build.py")


def test_types_are_right(tmp_path):
    clean("mypy", "--cache-dir", tmp_path)


def test_tests_are_clean():
    # Tests say what they are about in their names.
    config = PLUGIN / "pyproject.toml"
    clean("ruff", "check", "--no-cache", "--config", config, "--ignore", "ANN,D", *TESTS)
    clean("ruff", "format", "--no-cache", "--check", "--config", config, *TESTS)
