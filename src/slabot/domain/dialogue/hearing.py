"""Hearing: what a message says apart from its problem, in four languages and with slips of the finger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from slabot.domain.dialogue.countries import country_in
from slabot.domain.dialogue.days import MONTHS, RELATIVE, WEEKDAYS, day_asked, time_asked
from slabot.domain.dialogue.intent import Heard, Intent
from slabot.domain.dialogue.language import without_addresses
from slabot.domain.dialogue.leaning import leaning, names_how_long
from slabot.domain.dialogue.levels_named import levels_named
from slabot.domain.dialogue.phrases import Phrases
from slabot.domain.dialogue.secrets import masked
from slabot.domain.dialogue.word_lists import words
from slabot.domain.policy import Policy
from slabot.domain.words import SMALL_WORDS, Language, detect_language, tokens

LONGEST = 4_000
"""Characters that are listened to; nobody explains more in one chat line, and time stays bounded."""

_SENTENCE = re.compile(r"[.!?;…\n¡¿]+(?=\s|$|[¿¡])|\n+|[¿¡]|\s[-–—]\s|,\s|:\s")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$%&*+/=^`{|}~-]{1,64}@(?:[\w](?:[\w-]{0,62}\w)?\.)+[^\W\d_]{2,24}(?![\w@])"
)
_TICKET = re.compile(r"\b([A-Za-z]{2,6})\s?-\s?(\d{1,9})\b")
_NUMBER = re.compile(
    r"^\s*([1-5])\s*(?:/\s*5|stars?|sterne?|estrellas?|étoiles?|⭐+|out of 5|von 5|de 5|sur 5)?\s*[.!]*\s*$",
    re.IGNORECASE,
)
_STARS = re.compile(r"^\s*((?:⭐|★|\*){1,5})\s*$")
_ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        (
            "first 1st one erste ersten erster erstes primero primera primer premier premiere",
            "second 2nd two zweite zweiten zweiter zweites segundo segunda deuxieme second seconde",
            "third 3rd three last dritte dritten dritter drittes letzte "
            "tercero tercera ultimo ultima troisieme dernier derniere",
        ),
        start=1,
    )
    for word in words.split()
}
_CHAT: Final = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "plis": "please",
    "thx": "thanks",
    "tks": "thanks",
    "thanx": "thanks",
    "ty": "thanks",
    "tmrw": "tomorrow",
    "2moro": "tomorrow",
    "2mrw": "tomorrow",
    "tmr": "tomorrow",
    "k": "ok",
    "msg": "message",
    "sb": "somebody",
    "sby": "somebody",
    "some1": "someone",
    "any1": "anyone",
    "ppl": "people",
    "wanna": "want",
    "gimme": "give",
    "lemme": "let",
    "hrs": "hours",
    "wat": "what",
    "wut": "what",
    "wen": "when",
    "hw": "how",
    "nvm": "nevermind",
    "stil": "still",
    "abt": "about",
    "y": "y",
    "q": "que",
    "xq": "porque",
    "tb": "tambien",
    "pq": "pourquoi",
    "qqn": "quelquun",
    "svp": "svp",
    "slt": "salut",
    "bjr": "bonjour",
    "jmd": "jemand",
    "nbr": "number",
    "nr": "nummer",
    "num": "number",
    "tel": "telephone",
    "asap": "asap",
}
_ONLY_ENGLISH = frozenset({"wen", "q", "y", "num", "tel", "nr", "k"})
_ASKED = frozenset(
    {Intent.PERSON, Intent.CONTACTS, Intent.HOURS, Intent.DEADLINES, Intent.STATUS, Intent.ESCALATION}
    | {Intent.PRIVACY, Intent.INSTRUCTIONS, Intent.SOLVED, Intent.BACK_AGAIN, Intent.FEATURE, Intent.BESPOKE}
    | {Intent.MAINTENANCE, Intent.PRAISE, Intent.FEEDBACK, Intent.ABOUT_BOT}
)
"""Wishes that a phrase told: single words then add nothing."""
_SMALL_TALK = frozenset(
    {Intent.THANKS, Intent.GREETING, Intent.GOODBYE, Intent.YES, Intent.NO, Intent.PRAISE, Intent.SOLVED}
)
_POLITE = words(
    """
    thanks thank you very much so a lot many for your the help everyone team all again hi hello hey
    bye ok okay great perfect danke vielen dank sehr schon fur die hilfe schnelle ihnen euch gracias
    muchas mil por la ayuda su tu merci beaucoup bien mille pour votre aide infiniment cheers please
    pls that that's is was dear good morning evening afternoon day guten tag morgen abend buenos
    dias buenas tardes noches bonjour bonsoir super toll genial cool awesome nice perfekt wonderful
    brilliant fantastic excellent lovely appreciate appreciated it i appreciated quick fast reply
    answer response yes yeah yep ja si oui no nein non nope got understood alles klar prima und et
    and y
    """
)
_AMERICAN = frozenset({"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"})
"""Where 7/4 is the fourth of July."""
_ENOUGH_FOR_LANGUAGE = 2


def hear(text: str, hint: Language | None, policy: Policy, phrases: Phrases) -> Heard:
    """Everything but the problem. `hint` is the language so far, used where the words do not tell."""
    safe, secrets = masked(text[:LONGEST])
    email = _EMAIL.search(safe)
    bare = without_addresses(safe)
    numbers = tuple(
        f"{match[1].upper()}-{int(match[2])}" for match in _TICKET.finditer(bare) if _is_ticket(match, policy)
    )
    name = tokens(policy.name)
    parts = [
        (part, words) for part in _SENTENCE.split(bare) if part and (words := _without(_words(part), name))
    ]
    sentences = [words for _, words in parts]
    plain = [word for words in sentences for word in words]
    whole = [_mended(word, phrases) for word in plain]
    spoken = [[_mended(word, phrases) for word in words] for words in sentences]
    found: dict[Intent, set[Language]] = {}
    told: list[str] = []
    for (part, _), words in zip(parts, spoken, strict=True):
        meant = phrases.intents(words)
        if Intent.INSTRUCTIONS not in meant:
            told.append(part)
        for intent, languages in meant.items():
            found.setdefault(intent, set()).update(languages)
    for intent, languages in (phrases.intents(whole) if len(spoken) > 1 else {}).items():
        found.setdefault(intent, set()).update(languages)
    language = _language(bare, found, whole, hint) or (phrases.language_of(plain) if len(plain) > 1 else None)
    country = country_in(plain, bare)
    levels = levels_named(whole, policy)
    day = day_asked(whole, bare, is_american=policy.zone in _AMERICAN)
    intents = set(found)
    asks_how_long = names_how_long(whole)
    if levels and asks_how_long:
        intents.add(Intent.DEADLINES)
    if (Intent.YES in intents or Intent.NO in intents) and len(whole) > 12:
        intents -= {Intent.YES, Intent.NO}
    number = _NUMBER.match(bare) or _STARS.match(bare)
    rating = None if number is None else int(number[1]) if number[1].isdigit() else len(number[1])
    return Heard(
        text=text if not secrets else safe + text[LONGEST:],
        language=language,
        intents=frozenset(intents),
        words=len(whole),
        day=day,
        at=time_asked(bare) if day is not None or Intent.HOURS in intents or len(whole) <= 6 else None,
        country=country,
        email=email.group() if email else None,
        ticket_numbers=numbers,
        rating=rating,
        picked=rating or _picked(whole),
        levels=levels,
        asks_how_long=asks_how_long,
        leaning=leaning(whole, day) if not intents & _ASKED else frozenset(),
        masked_secrets=secrets,
        told_beside=". ".join(told),
        is_bare=bool(intents) and intents <= _SMALL_TALK and all(word in _POLITE for word in whole),
    )


def _words(part: str) -> list[str]:
    return [_CHAT.get(word, word) if word not in _ONLY_ENGLISH else word for word in tokens(part)]


def _without(words: list[str], name: list[str]) -> list[str]:
    """The words without the workspace's name: "Element Human" asks for no human."""
    for at in range(len(words) - len(name) + 1):
        if words[at : at + len(name)] == name:
            return [*words[:at], *words[at + len(name) :]]
    return words


def _mended(word: str, phrases: Phrases) -> str:
    if word in SMALL_WORDS or word in WEEKDAYS or word in MONTHS or word in RELATIVE:
        return word
    return phrases.mended(word)


def _is_ticket(match: re.Match[str], policy: Policy) -> bool:
    prefix = match[1].upper()
    return prefix == policy.ticket_prefix.rstrip("-").upper() or (
        match[1].isupper() and prefix not in ("ISO", "COVID", "UTF")
    )


def _picked(words: Sequence[str]) -> int | None:
    """Only short lines pick: "the second one please"."""
    if len(words) > 5:
        return None
    return next((_ORDINALS[word] for word in words if word in _ORDINALS), None)


def _language(
    text: str, found: dict[Intent, set[Language]], words: Sequence[str], hint: Language | None
) -> Language | None:
    detected = detect_language(text)
    votes: dict[Language, float] = defaultdict(float)
    for languages in found.values():
        for language in languages:
            votes[language] += 1.0 / len(languages)
    if hint in votes and len(words) <= _ENOUGH_FOR_LANGUAGE:
        return hint  # "hi", "ok", "super" are said in this language too
    if detected is not None and (len(words) > _ENOUGH_FOR_LANGUAGE or not votes or detected in votes):
        return detected
    if votes:
        best = max(votes.values())
        leading = [language for language, count in votes.items() if count == best]
        if hint in leading:
            return hint
        if len(leading) == 1:
            return leading[0]
    return detected if not votes else None
