"""The self-check: the same match means less where articles lie close together, and the workspace itself shows it."""

from __future__ import annotations

from slabot.knowledge.articles import parse_article
from slabot.knowledge.confidence import Trust
from slabot.knowledge.entries import Entry, enter
from slabot.knowledge.index import Index
from slabot.knowledge.learned import BAR, LOWEST_BAR
from slabot.knowledge.selfcheck import probes, without_their_own

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


def wrong_firsts(index: Index) -> list[float]:
    return [index.weigh(looked).evidence for looked in without_their_own(index)]


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


def test_an_article_that_says_the_same_is_no_wrong_answer() -> None:
    entries = lying_apart()
    speaker = "Turn the volume up below the picture and choose another loudspeaker from the list."
    paper = "Open the tray at the front and lay the sheets in with the printed side down."
    heard = [
        entry("quiet", ["no sound at all", "it is very quiet"], speaker),
        entry("loudness", ["i hear no sound", "is it muted"], f"{speaker} Then restart."),
    ]
    told_apart = [heard[0], entry("loudness", ["i hear no sound", "is it muted"], paper)]
    asked = len(probes([*entries, *heard]))
    assert len(wrong_firsts(Index([*entries, *told_apart]))) == asked
    assert len(wrong_firsts(Index([*entries, *heard]))) < asked


def test_where_every_article_has_a_twin_the_twins_count() -> None:
    text = "Open your account, choose the contract there, and confirm with the button below the table."
    asked = ("what is a {} {}", "{} {} help", "my {} {} is gone", "change the {} {}", "show every {} {}")
    entries = [
        entry(f"{thing}-{kind}", [one.format(kind, thing) for one in asked], f"{thing} {text}")
        for thing in APART
        for kind in ("monthly", "yearly")
    ]
    assert len(wrong_firsts(Index(entries))) == len(probes(entries))


def test_articles_with_few_questions_are_probed_with_how_they_open() -> None:
    entries = [entry(f"a{number}", [], f"Opening {number}. Then more.") for number in range(30)]
    assert {text for _, text in probes(entries)} == {f"Opening {number}." for number in range(30)}
    few = entries[:5]
    assert {text for _, text in probes(few)} == {
        *(f"Opening {number}." for number in range(5)),
        *(f"About a{number}" for number in range(5)),
    }


def test_a_check_that_nobody_waits_for_is_given_up_and_moves_nothing() -> None:
    index = Index(lying_close())
    asked = iter([True, True, False])
    index.check_itself(lambda: next(asked))
    assert index.trust == Trust.learned(False)
    assert next(asked, None) is None
    index.check_itself()
    assert index.trust != Trust.learned(False)


def test_a_workspace_that_nothing_is_known_of_is_trusted_as_learned() -> None:
    assert Trust.checked(False, []) == Trust.learned(False)
    assert abs(Trust.checked(True, [-9.0]).bar - BAR[True]) < 1.5  # one probe moves it but a little


def test_stronger_wrong_firsts_raise_the_bar() -> None:
    weak = [number / 100 - 4 for number in range(200)]
    strong = [evidence + 2 for evidence in weak]
    for semantic in (False, True):
        assert Trust.checked(semantic, strong).bar > Trust.checked(semantic, weak).bar + 1.5
