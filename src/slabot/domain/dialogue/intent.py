"""What a message can ask for apart from its problem: the nouns that hearing produces and decisions read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from slabot.domain.words import Language


class Intent(StrEnum):
    """One wish or turn of phrase; a message may hold several."""

    PERSON = "person"
    CONTACTS = "contacts"
    HOURS = "hours"
    DEADLINES = "deadlines"
    STATUS = "status"
    PRIVACY = "privacy"
    ESCALATION = "escalation"
    SOLVED = "solved"
    BACK_AGAIN = "back_again"
    THANKS = "thanks"
    GREETING = "greeting"
    GOODBYE = "goodbye"
    YES = "yes"
    NO = "no"
    FEEDBACK = "feedback"
    PRAISE = "praise"
    FEATURE = "feature"
    BESPOKE = "bespoke"
    MAINTENANCE = "maintenance"
    ABUSE = "abuse"
    INSTRUCTIONS = "instructions"
    """The message tells the bot how to behave; it is only ever text."""
    ABOUT_BOT = "about_bot"
    FOLLOW_UP = "follow_up"
    """"And …?", "what about …?": read in the light of what was answered last."""


@dataclass(frozen=True, slots=True)
class DayAsked:
    """Which day a question about hours means; exactly one of the fields up to `holidays` is set."""

    words: str
    """As the visitor wrote it."""
    offset: int | None = None
    """Days from today on the desk's calendar."""
    weekday: int | None = None
    """Monday 0; the next one, today included."""
    is_week_after: bool = False
    """"Next Friday": the Friday of the week that starts next Monday."""
    on: date | None = None
    """A date with its year; year 1 where none was said: the next such day."""
    holiday: str | None = None
    """A key of `named_holidays`."""
    weekend: bool = False
    holidays: bool = False
    """Holidays in general."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the decision reads it. `text` has its secrets masked."""

    text: str
    language: Language | None
    intents: frozenset[Intent]
    words: int
    """How many words it has, e-mail address and ticket numbers left out."""
    day: DayAsked | None = None
    at: time | None = None
    country: str | None = None
    """ISO 3166, or "" where the visitor is abroad without saying where."""
    email: str | None = None
    ticket_numbers: tuple[str, ...] = ()
    rating: int | None = None
    """A bare number from 1 to 5."""
    picked: int | None = None
    """"the second one", "2": which of the offered choices, from 1."""
    levels: tuple[str, ...] = ()
    """Severities and request types the message names."""
    asks_how_long: bool = False
    """ "How long will it take?": of what, the talk so far tells."""
    masked_secrets: tuple[str, ...] = ()
    """What was masked: `password`, `card`."""
    leaning: frozenset[Intent] = frozenset()
    """What single words point to where no phrase was heard; weaker than an article that answers."""
    told_beside: str = ""
    """The sentences that give the bot no instructions."""
    is_bare: bool = False
    """Nothing but small talk, yes or no."""

    def __contains__(self, intent: Intent) -> bool:
        return intent in self.intents
