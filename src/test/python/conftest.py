"""What the tests share: a stand-in for Corral's bridge, and what it was asked."""

import json
import signal
from pathlib import Path

import pytest

from vagrantsandbox.corral import Corral
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment

HERE = Path(__file__).parent

# Whoever runs tests in the background ignores INT, and the runs of Inspect that are interrupted here would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def anyio_backend():
    return "asyncio"


class FakeCorral:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.executable = HERE / "fake_corral.py"

    def calls(self, verb: str) -> list[dict]:
        file = self.folder / "calls.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [call for call in map(json.loads, lines) if call["verb"] == verb]

    def will(self, what: str, text: str = "") -> None:
        (self.folder / what).write_text(text, encoding="utf-8")


@pytest.fixture
def fake_corral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "corral"
    folder.mkdir()
    fake = FakeCorral(folder)
    monkeypatch.setenv("CORRAL", str(fake.executable))
    monkeypatch.setenv("FAKE_CORRAL", str(folder))
    # Each test has a bridge of its own, which the next one must not meet.
    corral = Corral()
    monkeypatch.setattr(VagrantSandboxEnvironment, "_corral", corral)
    yield fake
    process = corral.bridge._process
    if process is not None:
        process.close(10)
