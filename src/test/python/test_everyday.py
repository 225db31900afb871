"""Twelve Vagrantfiles of everyday kinds on real VMs, in one real eval: the sandbox is the machine that Vagrant calls primary, and every
provisioner ran, with its files. What each means to plain Vagrant is said beside it.

A run of all tests starts those of OFTEN only, for its time; with CORRAL_EVERYDAY=all it starts all twelve.
"""

import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from test_eval import INSPECT, REPOSITORY

pytestmark = pytest.mark.vm_required


@dataclass(frozen=True)
class Everyday:
    """A project, and what plain Vagrant makes of it."""

    files: dict[str, str]
    machines: dict[str, list[str]]
    """The machines that `vagrant up` makes, and what their provisioners append to /tmp/ran, in this order."""
    primary: str = "default"
    vagrantfile: str = "lab/Vagrantfile"
    variables: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()


def vagrantfile(body: str, before: str = "") -> str:
    return f'{before}\nVagrant.configure("2") do |config|\n  config.vm.box = "corral/debian"\n{body}\nend\n'


def says(word: str) -> str:
    return f"#!/bin/sh\necho {word} >>/tmp/ran\n"


EVERYDAY = {
    "helpers-above": Everyday(
        {
            "lab/Vagrantfile": vagrantfile("  Lab.define(config)", 'require_relative "../tools/lab"'),
            "tools/lab.rb": 'require_relative "names"\nmodule Lab\n  def self.define(config)\n    NAMES.each do |name|\n'
            "      config.vm.define name, primary: name == NAMES.last do |m|\n"
            '        m.vm.provision "shell", inline: "echo #{name} >>/tmp/ran"\n      end\n    end\n  end\nend\n',
            "tools/names.rb": "NAMES = %w[victim kali]\n",
        },
        {"victim": ["victim"], "kali": ["kali"]},
        "kali",
    ),
    "primary-on-the-next-line": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  config.vm.define "first"\n'
                "  config.vm.define(\n    :second,\n    # autostart: false\n    primary:\n      true\n  ) do |m|\n"
                "    m.vm.provision :shell, inline: <<~'SH'\n      echo \"second\" >>/tmp/ran\n    SH\n  end"
            )
        },
        {"first": [], "second": ["second"]},
        "second",
    ),
    "machines-from-yaml": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  YAML.load_file(File.join(__dir__, "nodes.yml")).each do |node|\n'
                '    config.vm.define node["name"], primary: node.fetch("primary", false) do |m|\n'
                '      node["scripts"].each { |script| m.vm.provision "shell", path: "scripts/#{script}.sh" }\n    end\n  end',
                'require "yaml"',
            ),
            "lab/nodes.yml": "- name: target\n  scripts: [one]\n- name: attacker\n  primary: true\n  scripts: [two, one]\n",
            "lab/scripts/one.sh": says("one"),
            "lab/scripts/two.sh": says("two"),
        },
        {"target": ["one"], "attacker": ["two", "one"]},
        "attacker",
    ),
    "globbed-scripts": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  Dir.glob("provision.d/*.sh").sort.each { |script| config.vm.provision "shell", path: script }'
            ),
            "lab/provision.d/10 first.sh": says("first"),
            "lab/provision.d/20-second.sh": says("second"),
        },
        {"default": ["first", "second"]},
    ),
    "script-above": Everyday(
        {
            "lab/Vagrantfile": vagrantfile('  config.vm.provision "shell", path: "../scripts/setup.sh", args: ["above", "a b"]'),
            "scripts/setup.sh": '#!/bin/sh\nprintf "%s\\n" "$@" >>/tmp/ran\n',
        },
        {"default": ["above", "a b"]},
    ),
    "json-and-erb": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  settings = JSON.parse(Pathname.new(__dir__).join("settings.json").read)\n'
                '  script = ERB.new(File.read(File.expand_path("templates/setup.sh.erb", __dir__))).result_with_hash(settings: settings)\n'
                '  config.vm.hostname = settings["hostname"]\n  config.vm.provision "shell", inline: script',
                'require "json"\nrequire "erb"\nrequire "pathname"',
            ),
            "lab/settings.json": '{"hostname": "erb-host", "words": ["alpha", "beta"]}',
            "lab/templates/setup.sh.erb": "<% settings['words'].each do |word| %>\necho <%= word %> >>/tmp/ran\n"
            "<% end %>\nhostname >>/tmp/ran\n",
        },
        {"default": ["alpha", "beta", "erb-host"]},
    ),
    "link-that-leads-out": Everyday(
        {
            "lab/Vagrantfile": vagrantfile('  config.vm.provision "shell", path: "scripts/install.sh"'),
            "common/install.sh": says("common"),
        },
        {"default": ["common"]},
        links={"lab/scripts/install.sh": "../../common/install.sh"},
    ),
    "one-file-loads-the-other": Everyday(
        {
            "lab/Vagrantfile": vagrantfile('  config.vm.provision "shell", inline: "echo base >>/tmp/ran"'),
            "lab/Vagrantfile.big": 'load File.expand_path("Vagrantfile", __dir__)\n'
            + vagrantfile('  config.vm.provision "shell", inline: "echo big >>/tmp/ran"'),
        },
        {"default": ["base", "big"]},
        vagrantfile="lab/Vagrantfile.big",
    ),
    "spare-not-started": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  config.vm.define "main" do |m|\n    m.vm.provision "shell", inline: "echo main >>/tmp/ran"\n  end\n'
                '  config.vm.define "spare", autostart: false'
            )
        },
        {"main": ["main"]},
        "main",
    ),
    "prints-and-odd-name": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  config.vm.define "Web.Server-1" do |m|\n'
                '    m.vm.provision "once", type: "shell", run: "once", inline: "echo once >>/tmp/ran"\n'
                '    m.vm.provision "never", type: "shell", run: "never", inline: "echo never >>/tmp/ran"\n'
                '    m.vm.provision "always", type: "shell", run: "always", inline: "echo always >>/tmp/ran"\n  end',
                'puts "Host *"\n$stderr.puts "  Port 1"',
            )
        },
        {"Web.Server-1": ["once", "always"]},
        "Web.Server-1",
    ),
    "folders-sent-to-the-guest": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                '  config.vm.provision "file", source: "files", destination: "/tmp/files"\n'
                '  config.vm.provision "shell", inline: <<~SH\n    cd /tmp/files\n    find . -type f | sort >>/tmp/ran\n'
                "    test -d empty && echo empty >>/tmp/ran\n  SH"
            ),
            "lab/files/notes.txt": "notes",
            "lab/files/deep/er.txt": "deeper",
        },
        {"default": ["./deep/er.txt", "./notes.txt", "empty"]},
        empty=("lab/files/empty",),
    ),
    "variable-in-a-required-file": Everyday(
        {
            "lab/Vagrantfile": vagrantfile(
                "  MACHINES.each do |name|\n    config.vm.define(name) { |m| "
                'm.vm.provision "shell", inline: "echo $NAME >>/tmp/ran", env: {NAME: name} }\n  end',
                'require_relative "lib/machines"',
            ),
            "lab/lib/machines.rb": 'MACHINES = ENV.to_h.fetch("LAB_MACHINES", "blue,green,red").split(",")\n',
        },
        {"red": ["red"]},
        "red",
        variables={"LAB_MACHINES": "red"},
    ),
}

OFTEN = ("helpers-above", "machines-from-yaml")

TASK = """
import json
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.solver import solver
from inspect_ai.util import SandboxEnvironmentSpec, sandbox
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironmentConfig

CASES = json.loads(Path("cases.json").read_text())


@solver
def look():
    async def solve(state, generate):
        seen = {}
        for machine in CASES[state.sample_id]["machines"]:
            ran = await sandbox(machine).exec(["sh", "-c", "cat /tmp/ran 2>/dev/null; true"], timeout=60)
            seen[machine] = ran.stdout.split("\\n")[:-1]
        # Only the default one is given this file, so whoever has it is the default one.
        await sandbox().write_file("/tmp/primary", "here")
        have = [name for name in seen if (await sandbox(name).exec(["test", "-e", "/tmp/primary"], timeout=60)).success]
        state.output.completion = json.dumps({"ran": seen, "primary": have})
        return state

    return solve


@task
def everyday():
    return Task(
        dataset=[
            Sample(
                id=name,
                input="Look.",
                sandbox=SandboxEnvironmentSpec(
                    "vagrant",
                    VagrantSandboxEnvironmentConfig(vagrantfile_path=case["vagrantfile"], vagrantfile_env_vars=case["variables"]),
                ),
            )
            for name, case in CASES.items()
        ],
        solver=look(),
    )
"""


def lay_out(folder: Path, case: Everyday) -> Path:
    for name, text in case.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if file.suffix == ".sh":
            file.chmod(file.stat().st_mode | stat.S_IXUSR)
    for name, leads in case.links.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(leads)
    for name in case.empty:
        (folder / name).mkdir(parents=True)
    return folder / case.vagrantfile


def test_each_means_the_same_as_to_plain_vagrant(tmp_path: Path) -> None:
    chosen = {name: case for name, case in EVERYDAY.items() if name in OFTEN or os.environ.get("CORRAL_EVERYDAY") == "all"}
    cases = {
        name: {
            "vagrantfile": str(lay_out(tmp_path / name, case)),
            "variables": case.variables,
            "machines": list(case.machines),
        }
        for name, case in chosen.items()
    }
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    (tmp_path / "everyday.py").write_text(TASK)
    corral = os.environ.get("CORRAL") or str(REPOSITORY / "jpackage" / "corral")
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY / "src/main/python"),
        "CORRAL": corral,
        "INSPECT_SANDBOX_CACHE_DIR": str(tmp_path / "cache"),
    }
    options = ["--model", "mockllm/model", "--display", "plain", "--log-dir", str(tmp_path / "logs"), "--log-format", "json"]
    ran = subprocess.run(
        [sys.executable, "-c", INSPECT, "eval", "everyday.py", *options, "--max-samples", "3", "--no-fail-on-error"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (log,) = (tmp_path / "logs").glob("*.json")
    samples = json.loads(log.read_text())["samples"]
    faults = {sample["id"]: sample["error"]["message"] for sample in samples if sample.get("error")}
    assert not faults
    seen = {sample["id"]: json.loads(sample["output"]["completion"]) for sample in samples}
    assert seen == {name: {"ran": case.machines, "primary": [case.primary]} for name, case in chosen.items()}
    command = [corral, "list", "sandboxes", "--json"]
    listed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert not json.loads(listed.stdout), "each was destroyed"
