"""How starts get on, told through Inspect: its log, the sample's transcript and the display."""

from logging import getLogger
from typing import Any

from pydantic import JsonValue

from .corral import StartedSandbox

logger = getLogger(__name__)

_starting: dict[int, str] = {}


class StartNews:
    """The news of one start. Everything runs on the event loop's thread."""

    def __init__(self, sample: str) -> None:
        self.sample = sample
        self.sandbox: str | None = None
        self._phases: list[tuple[str, str, float]] = []

    def __enter__(self) -> "StartNews":
        self._show("starting")
        return self

    def __exit__(self, *_: object) -> None:
        _starting.pop(id(self), None)
        _display()

    def hear(self, method: str, params: dict[str, Any]) -> None:
        """Takes what the bridge says of this start."""
        if method == "created":
            self.sandbox = params["sandbox"]
            logger.info("Vagrant sandbox %s is being started for sample %s.", self.sandbox, self.sample)
        elif method == "queued":
            logger.info("Vagrant sandbox %s waits for a start slot: %s.", self.sandbox, params["position"])
            self._show("queued")
        elif method == "progress":
            machine, phase, seconds = params.get("machine") or "", params["phase"], params["seconds"]
            self._phases.append((machine, phase, seconds))
            logger.info("Vagrant sandbox %s after %.1f s: %s%s", self.sandbox, seconds, f"{machine}: " if machine else "", phase)
            self._show("starting")

    def up(self, started: StartedSandbox) -> None:
        """The sandbox is up: says so in the sample's transcript, with its phases."""
        from inspect_ai.log import transcript

        phases: list[JsonValue] = [
            {"machine": machine, "phase": phase, "after": round(seconds, 1)} for machine, phase, seconds in self._phases
        ]
        machines: list[JsonValue] = [machine.name for machine in started.machines]
        news: dict[str, JsonValue] = {"sandbox": started.name, "directory": started.directory, "seconds": round(started.seconds, 1)}
        transcript().info({**news, "machines": machines, "phases": phases}, source="vagrant")

    def _show(self, state: str) -> None:
        _starting[id(self)] = state
        _display()


def _display() -> None:
    try:
        from inspect_ai.util import display_counter
    except ImportError:  # older Inspects show no counters
        return
    states = list(_starting.values())
    parts = [f"{states.count(state)} {state}" for state in ("starting", "queued") if state in states]
    display_counter("Vagrant", ", ".join(parts) or "-")
