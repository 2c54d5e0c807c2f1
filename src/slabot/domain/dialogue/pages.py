"""Trouble with a page: what the document says to try first, and which browser and device, if the visitor cares to say."""

from __future__ import annotations

from slabot.domain.answers import Verdict
from slabot.domain.dialogue.turn import Turn
from slabot.domain.dialogue.word_lists import words
from slabot.domain.words import tokens

_BROWSERS = words(
    """
    browser browsers safari chrome chromium firefox edge opera explorer ie11 chromebook ipad iphone tablet android
    navegador navegadores navigateur navigateurs
    """
)
_SHOWN = words(
    """
    page pages screen display displays displayed video videos seite seiten bildschirm anzeige angezeigt pagina paginas
    pantalla ecran affiche affichage
    """
)


def is_about_a_page(turn: Turn) -> bool:
    """Whether what fails, now or as told before, is a page in somebody's browser."""
    told_before = turn.heard.words <= 3 or turn.conversation.open_ticket is not None
    told = turn.conversation.visitor_turns if told_before else ()
    return any(set(tokens(text)) & (_BROWSERS | _SHOWN) for text in (turn.heard.text, *told))


def tried_first(turn: Turn) -> tuple[str, str | None]:
    """The words of what to try first with a page, and the article on it; empty where the document names nothing."""
    said = turn.voice.policy_words("first_line.page", turn.language, "")
    if not said or not is_about_a_page(turn):
        return "", None
    written = turn.voice.policy_words("first_line.page", "en", said)
    found = turn.search(turn.policy.workspace, written, ())
    best = found.best if found.verdict is Verdict.ANSWER else None
    return said, best.slug if best is not None else None
