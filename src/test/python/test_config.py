import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from vagrantsandbox.config import TaskFolders, effective_config
from vagrantsandbox.vagrant_sandbox_provider import VagrantSandboxEnvironment, VagrantSandboxEnvironmentConfig

pytestmark = pytest.mark.inspect_eval


def test_defaults(monkeypatch):
    monkeypatch.delenv("VAGRANTFILE_PATH", raising=False)
    config = VagrantSandboxEnvironmentConfig()
    assert (config.vagrantfile_path, config.primary_vm_name, config.vagrantfile_env_vars) == ("./Vagrantfile", None, ())


def test_default_path_from_the_environment(monkeypatch):
    monkeypatch.setenv("VAGRANTFILE_PATH", "/lab/Vagrantfile")
    assert VagrantSandboxEnvironmentConfig().vagrantfile_path == "/lab/Vagrantfile"
    assert VagrantSandboxEnvironment.config_files() == []
    monkeypatch.delenv("VAGRANTFILE_PATH")
    assert VagrantSandboxEnvironment.config_files() == ["Vagrantfile"]


def test_variables_become_pairs_and_the_config_hashable():
    config = VagrantSandboxEnvironmentConfig(vagrantfile_env_vars={"A": "1", "B": "2"})
    assert config.vagrantfile_env_vars == (("A", "1"), ("B", "2"))
    assert hash(config) == hash(VagrantSandboxEnvironmentConfig(vagrantfile_env_vars=[["A", "1"], ["B", "2"]]))


def test_primary_must_be_a_string():
    with pytest.raises(ValidationError):
        VagrantSandboxEnvironmentConfig(primary_vm_name=123)


def test_round_trip_through_a_log():
    config = VagrantSandboxEnvironmentConfig(primary_vm_name="attacker", vagrantfile_env_vars={"A": "1"})
    assert VagrantSandboxEnvironment.config_deserialize(config.model_dump(mode="json")) == config


def test_every_form_of_config_comes_to_an_absolute_path(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("VAGRANTFILE_PATH", raising=False)
    (tmp_path / "Vagrantfile").touch()
    expected = str(tmp_path / "Vagrantfile")
    for config in (None, "Vagrantfile", expected, {"vagrantfile_path": "Vagrantfile"}, VagrantSandboxEnvironmentConfig()):
        assert effective_config(config, [tmp_path]).vagrantfile_path == expected
    with pytest.raises(TypeError, match="int"):
        effective_config(7, [tmp_path])


def test_variables_do_not_reach_our_own_environment():
    VagrantSandboxEnvironmentConfig(vagrantfile_env_vars={"CORRAL_TEST_VARIABLE": "1"})
    assert "CORRAL_TEST_VARIABLE" not in os.environ


def test_folders_are_remembered_per_config(tmp_path: Path, monkeypatch):
    folders = TaskFolders()
    monkeypatch.chdir(tmp_path)
    folders.remember(None)
    folders.remember(None)
    assert folders.of(None) == [tmp_path]
    assert folders.of("other") == []
