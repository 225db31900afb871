"""What the tests share: a stand-in for the corral command, and what it was asked."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


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
def fake_corral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCorral:
    folder = tmp_path / "corral"
    folder.mkdir()
    fake = FakeCorral(folder)
    monkeypatch.setenv("CORRAL", str(fake.executable))
    monkeypatch.setenv("FAKE_CORRAL", str(folder))
    return fake
