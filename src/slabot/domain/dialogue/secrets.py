"""Secrets that visitors paste: found and masked before anything is stored."""

from __future__ import annotations

import re

from slabot.domain.dialogue.word_lists import words

MASK = "••••"
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_NAME = (
    r"(?:pass\s?words?|pass\s?code|passwd|pwd|pw|pin(?:\s?code)?|secret|api[ _-]?key|access[ _-]?token|token|cvv|cvc|"
    r"passw[oö]rt|kennwort|pass?phrase|contrase[nñ]as?|clave(?:\s?de\s?acceso)?|mot de passe|mdp|code secret)"
)
_LABELLED = re.compile(
    rf"(?P<label>\b{_NAME}\b(?:\s+(?:for|of|f[uü]r|de|pour)\s+\S+)?\s*(?::|=|\bis\b|\blautet\b|\bist\b|\bes\b|\best\b)\s*:?\s*[\"'“„«]?)"
    r"(?P<secret>[^\s\"'”“»,;]{3,})",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?P<label>\b{_NAME}\b\s+)(?P<secret>(?=\S*\d)(?=\S*[^\W\d_])[^\s,;]{{6,}})", re.IGNORECASE
)
_KEY = re.compile(r"\b(?:sk|pk|ghp|gho|xox[abp]|AKIA|eyJ)[-_A-Za-z0-9.]{16,}")
_GOES_ON = re.compile(r"\s+(?!(?:and|but|which|und|aber|y|pero|et|mais)\b)[^\W\d_]", re.IGNORECASE)
"""A plain word that a sentence goes on after ("is case sensitive") is no password."""
_NO_SECRET = words(
    """
    wrong not right correct incorrect invalid expired forgotten lost too being working asked reset
    rejected refused required the my set changed accepted still always never falsch richtig nicht
    korrekt abgelaufen vergessen ungültig zurückgesetzt incorrecta incorrecto correcta correcto
    inválida inválido no caducada vencida errónea incorrect correct faux fausse bon bonne valide
    invalide expiré oublié pas refusé the same fine ok okay good what where how and but or it that
    this gone weak strong old new broken only something somehow already ignored denied blocked
    locked unknown missing here there lost forgot stolen leaked visible public short long hard easy
    weg futsch verloren gesperrt kaputt defekt unbekannt geklaut gestohlen da hier neu alt schwach
    perdida perdido olvidada olvidado bloqueada bloqueado robada robado nueva vieja débil mal
    perdu perdue bloqué volé oubliée nouveau faible parti ici là
    """
)


def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its secrets, and what kinds there were: `card`, `password`."""
    kinds: list[str] = []

    def card(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match.group())
        if not has_check_digit(digits):
            return match.group()
        kinds.append("card")
        return f"{MASK} {digits[-4:]}"

    def secret(match: re.Match[str]) -> str:
        word = match["secret"]
        plain = word.strip(".!?…)(")
        if plain.lower() in _NO_SECRET or MASK in word:
            return match.group()
        says_more = plain.isalpha() and plain.islower() and _GOES_ON.match(match.string[match.end() :])
        if says_more and not match["label"].rstrip("\"'“„« ").endswith((":", "=")):
            return match.group()
        kinds.append("password")
        return match["label"] + MASK + word[len(word.rstrip(".!?")) :]

    def key(_: re.Match[str]) -> str:
        kinds.append("password")
        return MASK

    text = _CARD.sub(card, text)
    text = _LABELLED.sub(secret, text)
    text = _BARE.sub(secret, text)
    text = _KEY.sub(key, text)
    return text, tuple(dict.fromkeys(kinds))


def has_check_digit(digits: str) -> bool:
    """Whether digits satisfy Luhn's check, as card numbers do; one repeated digit is none."""
    if len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
