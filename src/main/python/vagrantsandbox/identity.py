"""Which eval, sample and epoch a sandbox is for, as far as Inspect tells a provider."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SampleIdentity:
    """What the manifest of a sandbox records about its sample. Unknown parts are None."""

    task: str
    sample: str | None = None
    epoch: int | None = None
    sample_uuid: str | None = None
    run: str | None = None
    eval: str | None = None
    log: str | None = None
    attempt: int | None = None

    def origin(self) -> dict[str, str | int]:
        """The known parts, as the manifest names them."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def current_sample(task_name: str, metadata: dict[str, Any]) -> SampleIdentity:
    """The sample that is being initialised in this coroutine.

    The running sample is not part of Inspect's public interface, so every field is taken only if it is there.
    """
    active = _active_sample()
    record = getattr(active, "sample", None)
    sample_id = metadata.get("__sample_id__", getattr(record, "id", None))
    log = getattr(active, "log_location", None)
    return SampleIdentity(
        task=task_name,
        sample=None if sample_id is None else str(sample_id),
        epoch=getattr(active, "epoch", None),
        sample_uuid=getattr(active, "sample_uuid", None) or getattr(_sample_state(), "uuid", None),
        run=getattr(active, "run_id", None),
        eval=getattr(active, "eval_id", None),
        log=_absolute(log) if log else None,
        attempt=None if active is None else len(getattr(active, "error_retries", None) or ()) + 1,
    )


def _active_sample() -> Any:
    try:
        from inspect_ai.log._samples import sample_active
    except ImportError:
        return None
    return sample_active()


def _sample_state() -> Any:
    """Where older Inspects hold the sample's uuid."""
    try:
        from inspect_ai.solver._task_state import sample_state
    except ImportError:
        return None
    return sample_state()


def _absolute(location: str) -> str:
    """Logs may lie in an object store: only a plain path is made absolute."""
    return location if "://" in location else str(Path(os.path.abspath(location)))
