"""What the crowd says: conversations of a few lines, put together from questions that articles answer and short talk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from slabot.knowledge.library import Library

GREETINGS = ("hi", "hello there", "Good morning", "hey")
COMPUTED = ("are you open now?", "who do I call?", "what are your hours on Friday?", "how fast do you reply?")
TROUBLE = (
    "the report page is a bit slow today",
    "one of my students sees a blank page after launching the assessment",
    "the logo on the export is cut off",
)
SMALL = ("ok", "thanks", "I see", "great, thank you", "no thanks")


class Phrasebook:
    """Per workspace, the questions of its articles as visitors type them."""

    def __init__(self, folder: Path) -> None:
        library = Library(folder)
        self.questions = {
            name: [question.text for article in library.articles(name) for question in article.questions]
            for name in library.workspaces
        }

    @property
    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self.questions))

    def conversation(self, chance: random.Random, workspace: str) -> Iterator[str]:
        """From three lines to nine: half are questions, the rest is what people say around them."""
        if chance.random() < 0.4:
            yield chance.choice(GREETINGS)
        for _ in range(chance.randint(2, 4)):
            kind = chance.random()
            if kind < 0.7:
                yield _typed(chance, chance.choice(self.questions[workspace]))
            else:
                yield chance.choice(COMPUTED if kind < 0.9 else TROUBLE)
            if chance.random() < 0.3:
                yield chance.choice(SMALL)
        if chance.random() < 0.5:
            yield "thanks, bye"


def _typed(chance: random.Random, question: str) -> str:
    """As an article lists it, or in the haste of a chat."""
    return question if chance.random() < 0.5 else question.lower().rstrip("?")
