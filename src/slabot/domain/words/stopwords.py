"""The small words of four languages: they vote on what language a text is in and weigh little in a search."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["en", "de", "es", "fr"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Folded as `tokens` folds. Kept short on purpose: long lists eat "when", "help", "system" and "page".
FUNCTION_WORDS: Final[dict[Language, frozenset[str]]] = {
    "en": _words(
        """a an and are as at be been but by can could did do does doing for from had has have having
        he her him his how i if in into is it its just me my no not of on or our she should so some
        than that the their them then there these they this those to up was we were what when where
        which while who whom whose why will with would you your yours am any about also because dont
        doesnt didnt isnt arent cant wont im ive id whats hows wheres please thanks hi hello hey get
        got want"""
    ),
    "de": _words(
        """aber alle als am an auch auf aus bei bin bis bitte da damit das dass dein dem den der des
        die dies diese dieser doch du ein eine einem einen einer eines er es fur gibt habe haben hat
        hatte ich ihr im in ist ja kann kein keine konnen konnte mein meine mich mir mit muss nach
        nicht noch nur oder ohne schon sein sich sie sind so soll uber um und uns unser unsere unter
        vom von vor wann war warum was wenn wer werden wie wieder wir wird wo wurde zu zum zur
        welche welcher welches danke hallo mehr geht gehen sehr"""
    ),
    "es": _words(
        """a al algo alguien aqui como con cual cuando cuanto cuantos de del desde donde el ella en
        eres es esta estan estar este esto estoy fue ha hace han hay he hola la las le les lo los
        mas me mi mis muy ni no nos nuestro o para pero por porque puede puedo que quien quiero se
        ser si sin sobre solo son soy su sus tambien te tengo tiene todo todos tu un una unas uno
        unos y ya yo gracias necesito hacer"""
    ),
    "fr": _words(
        """a ai alors au aucun aussi avec avez avoir bonjour ca ce cela ces cet cette comment dans de
        depuis des du elle elles en encore est et etait ete etes etre faire fait fois il ils je la
        le les leur lui ma mais me merci mes mon ne nos notre nous on ont ou par pas peut peux plus
        pour pourquoi puis quand que quel quelle quelles quels qui sa sans se ses si son sont sur ta
        te tes toi tous tout tres tu un une vers veux voici votre vos vous y"""
    ),
}

SMALL_WORDS: Final[frozenset[str]] = frozenset().union(*FUNCTION_WORDS.values())


def is_small(word: str, language: Language | None = None) -> bool:
    """Whether a folded word is a function word of the language (of any of the four when it is None)."""
    return word in (SMALL_WORDS if language is None else FUNCTION_WORDS[language])
