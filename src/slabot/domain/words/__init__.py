"""Words: cutting, folding, stemming, telling languages apart, and mending what was misspelt."""

from slabot.domain.words.language import detect_language, language_of
from slabot.domain.words.repair import Repair, Repairer, vocabulary
from slabot.domain.words.stems import stem, stem_word
from slabot.domain.words.stopwords import FUNCTION_WORDS, SMALL_WORDS, Language, is_small
from slabot.domain.words.tokens import Token, fold, tokenise, tokens

__all__ = [
    "FUNCTION_WORDS",
    "SMALL_WORDS",
    "Language",
    "Repair",
    "Repairer",
    "Token",
    "detect_language",
    "fold",
    "is_small",
    "language_of",
    "stem",
    "stem_word",
    "tokenise",
    "tokens",
    "vocabulary",
]
