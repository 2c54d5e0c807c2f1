"""The folder of policy files: a new version is there whole or not at all, and a folder that is not ours says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from slabot.config import PACKAGED, load_config
from slabot.policies.folder import PolicyFolder
from slabot.services.arranging import PolicyMoved, UnusablePolicy

ROOT = Path(__file__).parents[2]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "seeds"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def nothing() -> None:
    """The store took it."""


def test_a_version_replaces_the_file_whole_with_its_rights(seeds: Path) -> None:
    folder, file = PolicyFolder(seeds), seeds / "velsoft.yaml"
    file.chmod(0o640)
    sheet = folder.read("velsoft")
    drawn = folder.draw_up(sheet, replace(sheet.arrangement, origins=("https://a.example",)))
    seen = []
    folder.replace("velsoft", drawn.text, sheet.digest, lambda: seen.append(file.read_text()))
    assert seen == [sheet.text], "while the store takes it, the old one stands"
    assert file.read_text() == drawn.text
    assert file.stat().st_mode & 0o777 == 0o640
    assert names(seeds) == names(ROOT / "seeds"), "nothing is left beside it"


def test_what_the_store_did_not_take_is_not_written(seeds: Path) -> None:
    folder = PolicyFolder(seeds)
    sheet = folder.read("velsoft")

    def refuses() -> None:
        raise LookupError("the store is gone")

    with pytest.raises(LookupError):
        folder.replace("velsoft", "workspace: other\n", sheet.digest, refuses)
    assert folder.read("velsoft") == sheet
    assert names(seeds) == names(ROOT / "seeds")


def test_a_file_that_moved_is_not_overwritten_and_the_store_is_not_asked(seeds: Path) -> None:
    folder, file = PolicyFolder(seeds), seeds / "velsoft.yaml"
    sheet = folder.read("velsoft")
    file.write_text(sheet.text + "# theirs\n")
    asked: list[None] = []
    with pytest.raises(PolicyMoved):
        folder.replace("velsoft", sheet.text, sheet.digest, lambda: asked.append(None))
    assert not asked
    assert file.read_text().endswith("# theirs\n")


def test_the_files_that_came_with_the_program_are_read_and_not_written(seeds: Path) -> None:
    folder = PolicyFolder(seeds, is_packaged=True)
    sheet = folder.read("velsoft")
    assert sheet.locked == "packaged"
    with pytest.raises(UnusablePolicy, match="copy the folder and name the copy in SLABOT_POLICIES"):
        folder.replace("velsoft", sheet.text, sheet.digest, nothing)
    assert not load_config({}, policies=str(seeds)).is_packaged_policies
    assert load_config({}, policies=str(PACKAGED / "seeds")).is_packaged_policies


def test_a_folder_that_cannot_be_written_leaves_everything_and_says_what_failed(seeds: Path) -> None:
    """A folder of this name instead of a file: the replacement fails at its very last step, also for root."""
    folder, file = PolicyFolder(seeds), seeds / "velsoft.yaml"
    sheet = folder.read("velsoft")

    def in_the_way() -> None:
        file.unlink()
        (file / "inside").mkdir(parents=True)

    with pytest.raises(UnusablePolicy, match=r"velsoft\.yaml could not be written: .*Nothing was changed"):
        folder.replace("velsoft", sheet.text, sheet.digest, in_the_way)
    assert (file / "inside").is_dir()
