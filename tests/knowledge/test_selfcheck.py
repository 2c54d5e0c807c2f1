"""The self-check: the same match means less where articles lie close together, and the workspace itself shows it."""

from __future__ import annotations

from slabot.knowledge.articles import parse_article
from slabot.knowledge.confidence import Trust
from slabot.knowledge.entries import Entry, enter
from slabot.knowledge.index import Index
from slabot.knowledge.learned import BAR, LOWEST_BAR
from slabot.knowledge.selfcheck import probes, wrong_firsts

APART = ("refund", "password", "invoice", "speaker", "printer", "calendar", "holiday", "export")


def entry(slug: str, questions: list[str], body: str = "") -> Entry:
    listed = "".join(f"  - {question}\n" for question in questions)
    text = f"---\ntitle: About {slug}\nquestions:\n{listed}---\n{body}\n"
    article = parse_article(text, slug, f"{slug}.md").article
    assert article is not None
    return enter(article)


def lying_close() -> list[Entry]:
    """Each article has a twin, which looks right when it is missing."""
    asked = ("what is a {} {}", "{} {} help", "my {} {} is gone", "change the {} {}", "show every {} {}")
    return [
        entry(f"{thing}-{kind}", [one.format(kind, thing) for one in asked])
        for thing in APART
        for kind in ("monthly", "yearly")
    ]


def lying_apart() -> list[Entry]:
    asked = ("what is a {}", "{} help", "my {} is gone", "change the {}", "show every {}")
    return [entry(thing, [one.format(thing) for one in asked]) for thing in APART]


def test_the_bar_stands_higher_where_articles_lie_close_together() -> None:
    close, apart = Index.calibrated(lying_close()), Index.calibrated(lying_apart())
    assert close.trust.bar > apart.trust.bar
    assert close.trust.bar > BAR[False] > apart.trust.bar >= LOWEST_BAR[False]


def test_every_wrong_first_is_of_an_article_whose_own_was_taken_away() -> None:
    index = Index(lying_apart())
    assert len(wrong_firsts(index)) == len(probes(index.sights.entries)) == 40
    # With its own article there each of these questions is sure of it.
    own = [index.weigh(index.sights.look(text)).evidence for _, text in probes(index.sights.entries)]
    assert min(own) > max(wrong_firsts(index))


def test_articles_with_few_questions_are_probed_with_how_they_open() -> None:
    entries = [entry(f"a{number}", [], f"Opening {number}. Then more.") for number in range(30)]
    assert {text for _, text in probes(entries)} == {f"Opening {number}." for number in range(30)}
    few = entries[:5]
    assert {text for _, text in probes(few)} == {
        *(f"Opening {number}." for number in range(5)),
        *(f"About a{number}" for number in range(5)),
    }


def test_a_workspace_that_nothing_is_known_of_is_trusted_as_learned() -> None:
    assert Trust.checked(False, []) == Trust.learned(False)
    assert abs(Trust.checked(True, [-9.0]).bar - BAR[True]) < 1.5  # one probe moves it but a little


def test_stronger_wrong_firsts_raise_the_bar() -> None:
    weak = [number / 100 - 4 for number in range(200)]
    strong = [evidence + 2 for evidence in weak]
    for semantic in (False, True):
        assert Trust.checked(semantic, strong).bar > Trust.checked(semantic, weak).bar + 1.5
