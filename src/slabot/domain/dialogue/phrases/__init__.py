"""How people ask for things, as data: one module a language, and the book that finds them in a sentence."""

from slabot.domain.dialogue.phrases.book import Phrases, phrase_book

__all__ = ["Phrases", "phrase_book"]
