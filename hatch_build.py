"""Puts pages, articles and policies into the wheel, so that it serves without Node and without a checkout."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "slabot/_data"


class Data(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's hook is generic in a config of no interest here
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        pages = root / "static" / "dist"
        if not (pages / "manifest.json").is_file():
            _build(root / "static")
        for name, folder in (("kb", root / "kb"), ("seeds", root / "seeds"), ("static", pages)):
            build_data["force_include"][str(folder)] = f"{DATA}/{name}"


def _build(static: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            f"{static}/dist holds no built pages, and npm, which builds them, was not found. "
            "Install Node 20 or newer, or run ./dev run once in this checkout: it brings its own."
        )
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=static, check=True)
    subprocess.run([npm, "run", "build"], cwd=static, check=True)
