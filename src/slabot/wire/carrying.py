"""A message as both sides send one: words, files, or both."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from slabot.wire.command import Command
from slabot.wire.texts import Id, Text, visible

MOST_FILES = 10


class Carrying(Command):
    text: Text = ""
    files: Annotated[tuple[Id, ...], Field(max_length=MOST_FILES)] = ()
    """Ids of files that were taken in by REST before."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.files:
            visible(self.text)
        return self
