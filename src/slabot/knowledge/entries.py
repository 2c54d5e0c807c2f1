"""An article as the index sees it: stems by field, and the leads that a question is held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from slabot.domain.article import Article
from slabot.domain.words import FUNCTION_WORDS, stem_word, tokens


class Field(StrEnum):
    TITLE = "title"
    QUESTIONS = "questions"
    HEADINGS = "headings"
    TAGS = "tags"
    BODY = "body"


class LeadKind(StrEnum):
    TITLE = "title"
    QUESTION = "question"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Lead:
    """A title, one question or one passage: what a visitor's words are held against."""

    kind: LeadKind
    at: int  # which question or passage of the article
    text: str  # as it is embedded
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything the index keeps of one article; depends on nothing but the article."""

    article: Article
    fields: dict[Field, Counter[str]]
    leads: tuple[Lead, ...]
    words: dict[str, str]  # surface words and their stems, for repair


def enter(article: Article) -> Entry:
    """Cut, stem and count an article."""
    language, words = article.language, {}
    fields: dict[Field, Counter[str]] = {field: Counter() for field in Field}

    def count(text: str, field: Field) -> list[str]:
        stems = []
        for word in tokens(text):
            stem = stem_word(word, language)
            stems.append(stem)
            words[word] = stem
        fields[field].update(stems)
        return stems

    title = count(article.title, Field.TITLE)
    leads = [Lead(LeadKind.TITLE, 0, article.title, frozenset(title))]
    for at, question in enumerate(article.questions):
        stems = count(question.text, Field.QUESTIONS)
        leads.append(Lead(LeadKind.QUESTION, at, question.text, frozenset(stems)))
    headings: dict[str, list[str]] = {}
    for at, passage in enumerate(article.passages):
        if passage.heading not in headings:
            headings[passage.heading] = count(passage.heading, Field.HEADINGS)
        stems = count(passage.text, Field.BODY)
        above = f"{article.title}. {passage.heading}" if passage.heading else article.title
        leads.append(
            Lead(
                LeadKind.PASSAGE, at, f"{above}. {passage.text}", frozenset(stems + headings[passage.heading])
            )
        )
    for tag in article.tags:
        count(tag, Field.TAGS)
    return Entry(article, fields, tuple(leads), words)


SMALL_STEMS = frozenset(
    stem_word(word, language) for language in FUNCTION_WORDS for word in FUNCTION_WORDS[language]
)
