"""Articles are read in a thread while visitors are answered: words must not get mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from slabot.domain.words import stem_word
from slabot.domain.words.stopwords import Language

WORDS = [
    f"{start}{end}"
    for start in ("connect", "integrat", "answer", "resolv", "open")
    for end in ("ing", "ed", "s", "ion", "ions")
]
LANGUAGES: tuple[Language, ...] = ("en", "de", "es", "fr")


def stems() -> list[str]:
    # The cache would hide what the stemmers do.
    return [
        stem_word.__wrapped__(word, language) for _ in range(60) for language in LANGUAGES for word in WORDS
    ]


def test_threads_that_stem_at_once_do_not_disturb_each_other() -> None:
    alone = stems()
    with ThreadPoolExecutor(4) as pool:
        together = [future.result() for future in [pool.submit(stems) for _ in range(8)]]
    assert all(one == alone for one in together)
