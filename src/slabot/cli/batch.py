"""What the batch commands share: the workspace they speak for, and the folders it is read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def for_workspace(command: Command) -> Command:
    """WORKSPACE, `--policies` and `--kb`; every batch command takes both folders."""
    folder = click.Path(path_type=Path)
    policies = click.option(
        "--policies",
        type=folder,
        default=Path("seeds"),
        show_default=True,
        help="Folder of the policy files.",
    )
    kb = click.option(
        "--kb", type=folder, default=Path("kb"), show_default=True, help="Folder of the articles."
    )
    return click.argument("workspace")(policies(kb(command)))
