from pathlib import Path

import pytest

from vagrantsandbox.vagrantfile_paths import AmbiguousVagrantfile, resolve_vagrantfile

pytestmark = pytest.mark.unit


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("task", "cwd"):
        (tmp_path / name).mkdir()
    return tmp_path / "task", tmp_path / "cwd"


def test_absolute_path_stays(folders):
    assert resolve_vagrantfile("/some/where/Vagrantfile", [folders[0]], folders[1]) == Path("/some/where/Vagrantfile")


def test_beside_the_task_comes_first(folders):
    task, cwd = folders
    (task / "Vagrantfile").touch()
    (cwd / "Vagrantfile").touch()
    assert resolve_vagrantfile("./Vagrantfile", [task], cwd) == task / "Vagrantfile"


def test_working_directory_comes_second(folders):
    task, cwd = folders
    (cwd / "Vagrantfile").touch()
    assert resolve_vagrantfile("Vagrantfile", [task], cwd) == cwd / "Vagrantfile"


def test_missing_file_is_named_beside_the_task(folders):
    task, cwd = folders
    assert resolve_vagrantfile("web/Vagrantfile", [task], cwd) == task / "web" / "Vagrantfile"
    assert resolve_vagrantfile("web/Vagrantfile", [], cwd) == cwd / "web" / "Vagrantfile"


def test_two_tasks_that_mean_different_files(folders):
    task, cwd = folders
    (task / "Vagrantfile").touch()
    (cwd / "Vagrantfile").touch()
    with pytest.raises(AmbiguousVagrantfile, match="absolute"):
        resolve_vagrantfile("Vagrantfile", [task, cwd], cwd)
