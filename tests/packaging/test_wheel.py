"""The wheel alone serves pages, articles and policies, without Node and without a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked where no checkout is near; libraries come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def address(installed: Path, tmp_path: Path) -> Iterator[str]:
    """A server that runs from the wheel, with no Node on its path."""
    nowhere = tmp_path / "bin"
    nowhere.mkdir()
    environment = {
        "PATH": str(nowhere),
        "PYTHONPATH": f"{installed}{os.pathsep}{sysconfig.get_paths()['purelib']}",
        "SLABOT_DATA": str(tmp_path / "data"),
        "SLABOT_CACHE": str(tmp_path / "cache"),
        "SLABOT_SEMANTIC": "no",
        "SLABOT_DEMO": "yes",
        "SLABOT_PORT": "0",
        "HOME": str(tmp_path),
    }
    # -S keeps the editable install of the checkout out of the way; the wheel must find everything in itself.
    command = [sys.executable, "-S", "-c", "from slabot.__main__ import main; main()", "serve"]
    server = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert server.stdout is not None
        said: list[str] = []
        for line in server.stdout:
            said.append(line)
            if "Demo pages" in line:
                break
        else:
            raise AssertionError("".join(said))
        yield line.split()[-1].rstrip("/")
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)
    assert server.returncode == 0


def test_the_wheel_carries_pages_articles_and_policies_and_nothing_of_the_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "slabot/_data/static/widget.js",
        "slabot/_data/static/THIRD_PARTY_LICENSES.txt",
        "slabot/_data/seeds/velsoft.yaml",
        "slabot/_data/kb/velsoft/case-number.md",
        "slabot/py.typed",
    } <= names
    assert not [name for name in names if name.startswith("tests/") or "node_modules" in name]


async def test_the_wheel_serves_without_node(address: str) -> None:
    assert shutil.which("node", path="") is None
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/widget.js", "/desk", "/demo/velsoft", "/api/health"):
            async with session.get(f"{address}{path}") as response:
                assert response.status == 200, path
        async with session.get(f"{address}/api/ready") as response:
            ready = await response.json()
    assert ready["ok"]
    assert set(ready["workspaces"]) == {"element-human", "human-esources", "prosper-ex", "velsoft"}
    assert all(ready["workspaces"].values())
