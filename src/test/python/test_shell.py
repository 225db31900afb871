"""``corral shell`` and ``corral exec`` as a person has them: over a real pseudo-terminal, with real signals, into a real SSH server."""

import fcntl
import functools
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from loopback import NAME, LoopbackGuest

pytestmark = pytest.mark.inspect_eval

CONTROLS = bytes([*range(0x20), 0x7F])
EVERY_BYTE = bytes(range(256))
LONG = 40.0


@pytest.fixture
def guest(tmp_path, monkeypatch):
    monkeypatch.setenv("INSPECT_SANDBOX_CACHE_DIR", str(tmp_path / "cache"))
    guest = LoopbackGuest(tmp_path / "guest")
    yield guest
    guest.end()


class Terminal:
    """A pseudo-terminal with a program in its foreground, and a look at its settings from outside."""

    def __init__(self, *command: str, columns: int = 91, rows: int = 37) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        # Settings that no default has, to be found again afterwards.
        settings = termios.tcgetattr(self.slave)
        settings[0] |= termios.IXANY | termios.IUCLC
        settings[3] &= ~termios.ECHOK
        settings[6][termios.VKILL] = b"\x18"
        termios.tcsetattr(self.slave, termios.TCSANOW, settings)
        self.before = self.settings()
        self.said = b""
        self.process = subprocess.Popen(command, stdin=self.slave, stdout=self.slave, stderr=self.slave, preexec_fn=self._lead)

    def _lead(self) -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)

    def settings(self) -> list:
        return termios.tcgetattr(self.slave)

    def is_raw(self) -> bool:
        # OPOST, and ISIG and ICANON.
        settings = self.settings()
        return not settings[1] & termios.OPOST and not settings[3] & (termios.ISIG | termios.ICANON)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str | bytes) -> None:
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def more(self, seconds: float = 0.1) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        self.said += os.read(self.master, 65536)
        return True

    def until(self, words: bytes) -> bytes:
        """What comes up to these words, which are taken as well."""
        end = time.monotonic() + LONG
        while words not in self.said:
            assert time.monotonic() < end, f"no {words!r} in {self.said!r}"
            self.more()
        before, _, self.said = self.said.partition(words)
        return before

    def take(self, length: int) -> bytes:
        end = time.monotonic() + LONG
        while len(self.said) < length:
            assert time.monotonic() < end, f"only {self.said!r}"
            self.more()
        taken, self.said = self.said[:length], self.said[length:]
        return taken

    def ended(self) -> int:
        end = time.monotonic() + LONG
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end: {self.said!r}"
            self.more()
        while self.more():
            pass
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for descriptor in (self.master, self.slave):
            os.close(descriptor)


@pytest.fixture
def shell(guest):
    terminal = Terminal(os.environ["CORRAL"], "shell", NAME)
    wait_until(terminal.is_raw)
    # A shell that edits no lines. Two words, so that the echo of what is typed is not taken for the answer.
    terminal.type("exec sh -i\n")
    terminal.type("PS1=; stty -echo; echo rea''dy\n")
    terminal.until(b"ready\r\n")
    yield terminal
    terminal.close()


def wait_until(condition) -> None:
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, "waited long enough"
        time.sleep(0.05)


def running(mark: str) -> bool:
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                return True
        except OSError:
            continue
    return False


def test_every_byte_passes_both_ways(shell, tmp_path):
    for number, sent in enumerate((CONTROLS, EVERY_BYTE, EVERY_BYTE * 64)):
        file = tmp_path / f"typed{number}"
        shell.type(f"stty raw; echo go; head -c {len(sent)} >{file}; cat {file}; stty -raw opost; echo back''again\n")
        shell.until(b"go\n")
        for start in range(0, len(sent), 1000):
            shell.type(sent[start : start + 1000])
        assert shell.take(len(sent)) == sent
        shell.until(b"backagain\r\n")
        assert file.read_bytes() == sent


def test_control_keys_are_the_guests(shell):
    mark = f"41.{time.time_ns()}"
    shell.type(f"sleep {mark}; echo interr''upted\n")
    wait_until(lambda: running(mark))
    shell.type(b"\x03")
    wait_until(lambda: not running(mark))
    for number, key in enumerate((b"\x1a", b"\x1c", b"\x03"), 42):
        mark = f"{number}.{time.time_ns()}"
        shell.type(f"sh -c 'stty -echo; echo wai\"\"ting; sleep {mark}'\n")
        shell.until(b"waiting\r\n")
        # A shell that is stopped between making a process and its becoming `sleep` (vfork) can't be stopped itself, and nothing goes on.
        wait_until(functools.partial(running, mark))
        shell.type(key)
        shell.type("\n\necho still''here\n")
        shell.until(b"stillhere\r\n")
    assert shell.process.poll() is None
    assert b"Full thread dump" not in shell.said
    shell.type("kill -9 %1 2>/dev/null; exit 7\n")
    # A stopped job makes some shells ask twice.
    shell.more(0.5)
    if shell.process.poll() is None:
        shell.type("exit 7\n")
    assert shell.ended() == 7
    assert shell.settings() == shell.before


def test_the_size_follows(shell):
    shell.type("stty size\n")
    assert shell.until(b"\r\n") == b"37 91"
    shell.resize(120, 44)
    shell.type("sleep 0.5; stty size\n")
    assert shell.until(b"\r\n") == b"44 120"


def test_the_terminal_is_as_it_was_after_an_exit(shell):
    shell.type("exit 5\n")
    assert shell.ended() == 5
    assert shell.settings() == shell.before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_the_terminal_is_as_it_was_after_a_signal(shell, number, code):
    mark = f"42.{time.time_ns()}"
    shell.type(f"sleep {mark}\n")
    wait_until(lambda: running(mark))
    shell.process.send_signal(number)
    assert shell.ended() == code
    assert shell.settings() == shell.before
    wait_until(lambda: not running(mark))


def test_the_terminal_is_as_it_was_after_a_lost_connection(shell, guest):
    connections = subprocess.run(["ps", "-o", "pid=", "--ppid", str(guest.server.pid)], capture_output=True, text=True, check=True)
    for pid in connections.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    assert shell.ended() == 1
    assert f"The connection to {NAME}/default was lost, and the shell with it.\r\n".encode() in shell.said
    assert shell.settings() == shell.before


def test_a_terminal_that_goes_away_ends_the_shell(shell):
    mark = f"43.{time.time_ns()}"
    shell.type(f"sleep {mark}\n")
    wait_until(lambda: running(mark))
    os.close(shell.slave)
    os.close(shell.master)
    shell.process.wait(LONG)
    wait_until(lambda: not running(mark))
    shell.master, shell.slave = os.openpty()


def test_a_shell_that_was_stopped_goes_on(shell):
    shell.process.send_signal(signal.SIGSTOP)
    # As a shell with job control does when its job stops.
    termios.tcsetattr(shell.slave, termios.TCSANOW, shell.before)
    shell.resize(100, 50)
    shell.process.send_signal(signal.SIGCONT)
    wait_until(shell.is_raw)
    shell.type("sleep 0.5; stty size\n")
    assert shell.until(b"\r\n") == b"50 100"
    shell.type("exit\n")
    assert shell.ended() == 0
    assert shell.settings() == shell.before


def test_in_the_background_it_waits_for_the_terminal(guest):
    terminal = Terminal("bash", "--norc", "-i")
    try:
        terminal.type(f"stty -echo; {os.environ['CORRAL']} shell {NAME} &\n")
        terminal.type("until jobs -l | grep -q 'tty output'; do sleep 0.1; done; echo stop''ped\n")
        terminal.until(b"stopped\r\n")
        assert not terminal.is_raw()
        terminal.type("fg >/dev/null\n")
        wait_until(terminal.is_raw)
        terminal.type("exec sh -i\n")
        terminal.type("PS1=; stty -echo; echo rea''dy; exit 6\n")
        terminal.until(b"ready\r\n")
        # The prompt of the shell below.
        terminal.until(b"\x1b[?2004h")
        terminal.type("echo was $?\n")
        terminal.until(b"was 6\r\n")
    finally:
        terminal.close()


def test_without_a_terminal_it_says_so(guest):
    ran = subprocess.run([os.environ["CORRAL"], "shell", NAME], input=b"echo no\n", capture_output=True, check=False, timeout=LONG)
    assert ran.returncode == 1
    assert ran.stdout == b""
    assert b"There is no terminal to open a shell in." in ran.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
@pytest.mark.parametrize("times", [1, 2])
def test_each_signal_ends_the_command_in_the_guest(guest, number, code, times):
    mark = f"44.{time.time_ns()}"
    script = f"trap '' {'HUP INT'}; sleep {mark} & sleep {mark}; sleep {mark}"
    command = ["env", "--default-signal=INT,HUP,TERM", os.environ["CORRAL"], "exec", NAME, "--", "sh", "-c", script]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running_exec:
        wait_until(lambda: running(mark))
        for _ in range(times):
            running_exec.send_signal(number)
            time.sleep(0.05)
        said = running_exec.communicate(timeout=LONG)[1]
    assert running_exec.returncode == code
    assert said == b"Interrupted; the command was ended in the guest.\n"
    assert not running(mark)


def test_a_signal_that_is_ignored_stays_ignored(guest):
    command = ["env", "--ignore-signal=HUP", os.environ["CORRAL"], "exec", NAME, "--", "sh", "-c", "echo begun; sleep 2; echo done"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as running_exec:
        assert running_exec.stdout.readline() == b"begun\n"
        running_exec.send_signal(signal.SIGHUP)
        assert running_exec.stdout.read() == b"done\n"
    assert running_exec.returncode == 0


def test_what_runs_on_in_the_background_is_not_waited_for(guest):
    mark = f"45.{time.time_ns()}"
    begun = time.monotonic()
    command = [os.environ["CORRAL"], "exec", NAME, "--", "sh", "-c", f"sleep {mark} & echo started; exit 3"]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=LONG)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, b"started\n", b"")
    assert time.monotonic() - begun < 25
    assert running(mark)
    subprocess.run(["pkill", "-f", f"sleep {mark}"], check=True)


def test_an_argument_with_an_at_sign_is_passed_on(guest, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("of this computer\n")
    for argument in (f"@{secret}", "@@x", "@", f"@{tmp_path}/missing"):
        ran = subprocess.run(
            [os.environ["CORRAL"], "exec", "-n", NAME, "--", "echo", argument], capture_output=True, text=True, check=False
        )
        assert ran.stdout == argument + "\n"
    asked = subprocess.run([os.environ["CORRAL"], f"@{secret}"], capture_output=True, text=True, check=False)
    assert asked.returncode == 2
    assert f"There is no command @{secret}." in asked.stderr
