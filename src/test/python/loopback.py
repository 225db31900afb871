"""A guest without a VM: an OpenSSH server of our own on 127.0.0.1, and a sandbox directory that leads Corral to it."""

import getpass
import os
import socket
import subprocess
import time
from pathlib import Path

from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment

NAME = "loopback-0a1b2c3d"


class LoopbackGuest:
    """Its user is the one that runs this. The sandbox lies in the cache directory that the environment names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, mode=0o700)
        (folder / "home").mkdir()
        for key in ("host", "login"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
        self.port = _free_port()
        # The client's choice of cipher counts, as on a VM.
        (folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/login.pub\nPidFile none\n"
            f"StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\nUsePAM no\nPrintMotd no\nPrintLastLog no\nMaxStartups 50\n"
            f"SetEnv HOME={folder}/home\n"
        )
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self.server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL)
        self._wait()
        self.settings = folder / "config"
        self.settings.write_text(
            f"Host default\n  HostName 127.0.0.1\n  User {getpass.getuser()}\n  Port {self.port}\n  UserKnownHostsFile /dev/null\n"
            f"  StrictHostKeyChecking no\n  PasswordAuthentication no\n  IdentityFile {folder}/login\n"
            f"  IdentitiesOnly yes\n  LogLevel FATAL\n"
        )
        sandbox = Path(os.environ["INSPECT_SANDBOX_CACHE_DIR"]) / NAME
        machine = sandbox / ".vagrant/machines/default/libvirt"
        machine.mkdir(parents=True)
        (machine / "id").write_text("loopback")
        (sandbox / "Vagrantfile").write_text('Vagrant.configure("2") { |config| }\n')
        (sandbox / "ssh-config").mkdir()
        # Exactly as Corral writes it: anything else in its place is asked for anew.
        (sandbox / "ssh-config/default").write_text(
            f"# for machine id loopback\nHost {NAME}.default\n  HostName 127.0.0.1\n  User {getpass.getuser()}\n  Port {self.port}\n"
            f'  IdentityFile "{folder}/login"\n  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking no\n'
            f"  PasswordAuthentication no\n  IdentitiesOnly yes\n  LogLevel FATAL\n"
        )
        self.environment = VagrantSandboxEnvironment(NAME, "default")

    def end(self) -> None:
        self.server.terminate()
        self.server.wait()

    def _wait(self) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.025)
        raise RuntimeError("sshd did not come up.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
