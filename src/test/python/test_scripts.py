"""The shell scripts of a checkout, where they meet what others may name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).parents[3]
_LIB = _REPOSITORY / "jpackage" / "lib"
_LOAD = f'set -euo pipefail; . "{_LIB}/common.sh"; . "{_LIB}/hypervisor.sh"; '
_NASTY = [
    "",
    " ",
    "two words",
    "it's",
    "''",
    "line\nbreak'; touch pwned; '",
    "\n$(touch pwned)\n",
    "$'\\n'`touch pwned`",
    "tab\tand \\ and \\' and \"",
    "a;touch pwned&touch pwned|*?~#!",
    "größe\x01\x1b[m",
    "-n",
]


@pytest.mark.unit
def test_arguments_pass_sh_unchanged(tmp_path: Path) -> None:
    sg = tmp_path / "sg"
    sg.write_text('#!/bin/sh\n[ "$1 $2" = "libvirt -c" ] || exit 9\nexec /bin/sh -c "$3"\n')
    sg.chmod(0o755)
    tell = [sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'\\0'.join(map(__import__('os').fsencode, sys.argv[1:])))"]
    done = subprocess.run(
        ["bash", "-c", _LOAD + 'lab_netns() { :; }; needs_libvirt_group() { :; }; exec_with_guests "$@"', "bash", *tell, *_NASTY],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.split(b"\0") == [os.fsencode(word) for word in _NASTY]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sg"]


@pytest.mark.unit
def test_only_guests_of_the_lab_are_ended(tmp_path: Path) -> None:
    program = tmp_path / "qemu-system-x"
    shutil.copy(shutil.which("sleep") or "", program)
    # As libvirt's guests are called; sleep takes no option of that kind, so the shell's name for it carries it.
    guest = subprocess.Popen(["guest=somebody's,x", "60"], executable=program)
    try:
        ask = _LOAD + "netns=no-such-lab; qemu_pids; echo any; qemu_pids any"
        said = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True).stdout
        ours, everybody = said.split("any\n")
        assert str(guest.pid) not in ours.split()
        assert str(guest.pid) in everybody.split()
    finally:
        guest.kill()
        guest.wait()


@pytest.mark.unit
def test_scripts_name_files_that_are_there() -> None:
    root = _LIB.parents[1]
    folders = [root / "jpackage", _LIB, root / "src" / "lab", root / "src" / "test" / "runner", root / "src" / "test" / "bench"]
    scripts = [path for folder in folders for path in folder.iterdir() if path.is_file() and path.suffix in ("", ".sh")]
    assert len(scripts) > 15
    named = {name for path in scripts for name in re.findall(r"(?:\$corral_root|source=)/?((?:jpackage|src)/[\w./-]*\w)", path.read_text())}
    assert {"src/lab/lab", "jpackage/lib/all.sh", "src/test/runner/display.sh"} <= named
    assert [name for name in sorted(named) if not (root / name).exists()] == []


@pytest.mark.unit
def test_what_a_script_calls_is_there() -> None:
    folders = ("jpackage", "jpackage/lib", "src/lab", "src/test/runner", "src/test/bench")
    scripts = [file for folder in folders for file in (_REPOSITORY / folder).iterdir() if file.is_file()]
    missing = []
    for script in scripts:
        for root, name in re.findall(r"\$\{?(corral_root|here)\}?/([\w./-]*\w)", script.read_text(encoding="utf-8", errors="replace")):
            file = (_REPOSITORY if root == "corral_root" else script.parent) / name
            if not name.startswith("target") and not file.exists():
                missing.append(f"{script.name}: {name}")
    assert not missing


@pytest.mark.unit
def test_what_is_made_among_the_sources_makes_nothing_stale(tmp_path: Path) -> None:
    plugin = tmp_path / "src/main/python/vagrantsandbox"
    plugin.mkdir(parents=True)
    (plugin / "bridge.py").touch()
    (tmp_path / "jpackage/lib").mkdir(parents=True)
    for name in ("common.sh", "java.sh"):
        shutil.copy(_LIB / name, tmp_path / "jpackage/lib")

    def stale(command: str = "") -> bool:
        load = f'set -euo pipefail; . "{tmp_path}/jpackage/lib/common.sh"; . "{tmp_path}/jpackage/lib/java.sh"; {command}\n'
        asked = subprocess.run(["bash", "-c", f'{load} newer_than "{stamp}" "{tmp_path}/src/main"'], check=False)
        return asked.returncode == 0

    stamp = tmp_path / "stamp"
    assert stale()
    long_ago = 1_000_000_000
    for path in (plugin / "bridge.py", plugin, *list(plugin.parents)[:3]):
        os.utime(path, (long_ago, long_ago))
    stamp.touch()
    assert not stale()
    # As when a wheel is built: its jars, and what Python compiles of a module.
    assert not stale(f'new_folder "{plugin}/jars"; touch "{plugin}/jars/corral.jar"; new_folder "{plugin}/__pycache__"')
    assert (plugin / "jars" / "corral.jar").exists()
    later = stamp.stat().st_mtime + 10
    os.utime(plugin / "jars" / "corral.jar", (later, later))
    os.utime(plugin / "jars", (later, later))
    assert not stale()
    os.utime(plugin / "bridge.py", (later, later))
    assert stale()
    os.utime(plugin / "bridge.py", (long_ago, long_ago))
    # A module that went.
    os.utime(plugin, (later, later))
    assert stale()
