"""Java's archive of loaded classes, with which the bridge starts in half the time. Made at first use, beside the run."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from logging import getLogger
from pathlib import Path

logger = getLogger(__name__)

# Whole or not at all, and under a name of its own until then: several runs may begin at once. The folder of an earlier
# Corral's archives is not searched for; a name that is ours alone and of another build is of no use to anybody.
_MAKE = """
archive=$1 list=$2
shift 2
for old in "${archive%%-*}"-*.jsa; do [ "$old" = "$archive" ] || rm -f -- "$old"; done
if nice -n 19 "$@" -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$archive.$$"; then
    mv -f -- "$archive.$$" "$archive"
else
    rm -f -- "$archive.$$"
fi
"""


def archive_options(java: Sequence[str], jars: Path) -> tuple[str, ...]:
    """Options with which this Java uses the archive. None where there is none yet; then making it begins, at the lowest priority.

    ``java`` is the command up to its class path, which the archive holds for.
    """
    classes = jars / "bridge.classes"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corral" / "classes"
    try:
        key = hashlib.sha256("\0".join(java).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        built = (jars / "corral.jar").stat()
        archive = folder / f"wheel_{key}-{built.st_mtime_ns}_{built.st_size}.jsa"
        if archive.exists():
            return (f"-XX:SharedArchiveFile={archive}",)
        if classes.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make(archive, classes, java)
    except OSError as error:
        # It only saves time.
        logger.info("There is no archive of Java's classes: %s", error)
    return ()


def _make(archive: Path, classes: Path, java: Sequence[str]) -> None:
    # A session of its own and no streams of ours: it may go on when the run has ended.
    subprocess.Popen(
        ["/bin/sh", "-c", _MAKE, "sh", str(archive), str(classes), *java],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        start_new_session=True,
    )
