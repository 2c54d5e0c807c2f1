"""Two administrators change one policy: what each of them meant is done, and nothing that neither meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.routing import Routing
from slabot.services.arrangement import ArrangedQueue, Arrangement, acts_between, on_top

SEEN = Arrangement(
    (ArrangedQueue("helpdesk", "Helpdesk"), ArrangedQueue("privacy", "Privacy", Routing.ROUND_ROBIN)),
    {"acme.com": "csm"},
    "csm",
    ("https://a.example",),
)


def what(was: Arrangement, now: Arrangement) -> list[tuple[str, str]]:
    return [(act.what, act.subject) for act in acts_between(was, now)]


def test_each_change_is_an_act_of_its_own_with_before_and_after() -> None:
    now = Arrangement(
        (ArrangedQueue("helpdesk", "First line", Routing.LEAST_LOADED), ArrangedQueue("billing", "Billing")),
        {"acme.com": "boss", "new.example": "csm"},
        None,
        ("https://b.example",),
    )
    assert what(SEEN, now) == [
        ("queue.drop", "privacy"),
        ("queue.change", "helpdesk"),
        ("queue.add", "billing"),
        ("customer.change", "acme.com"),
        ("customer.add", "new.example"),
        ("customer.else", "csm"),
        ("origin.drop", "https://a.example"),
        ("origin.add", "https://b.example"),
    ]
    changed = acts_between(SEEN, now)[1]
    assert (changed.before, changed.after) == (
        {"name": "Helpdesk", "routing": "by_hand"},
        {"name": "First line", "routing": "least_loaded"},
    )


def test_what_was_changed_at_once_in_different_places_is_all_there() -> None:
    mine = replace(
        SEEN,
        queues=(replace(SEEN.queues[0], name="First line"), SEEN.queues[1]),
        origins=("https://a.example", "https://mine.example"),
    )
    theirs = Arrangement(
        (replace(SEEN.queues[0], routing=Routing.LEAST_LOADED), ArrangedQueue("billing", "Billing")),
        {"acme.com": "csm", "new.example": "csm"},
        None,
        ("https://theirs.example",),
    )
    assert on_top(SEEN, mine, theirs) == Arrangement(
        (
            ArrangedQueue("helpdesk", "First line", Routing.LEAST_LOADED),
            ArrangedQueue("billing", "Billing"),
        ),
        {"acme.com": "csm", "new.example": "csm"},
        None,
        ("https://theirs.example", "https://mine.example"),
    )


def test_what_is_taken_away_stays_away_and_what_both_changed_is_as_the_later_one_says() -> None:
    mine = replace(
        SEEN, queues=SEEN.queues[:1], customers={"acme.com": "mine"}, customers_else="mine", origins=()
    )
    theirs = replace(SEEN, customers={"acme.com": "theirs"}, customers_else="theirs")
    assert on_top(SEEN, mine, theirs) == mine


KEYS = st.sampled_from(["a", "b", "c", "d"])
ARRANGEMENTS = st.builds(
    Arrangement,
    st.lists(
        st.builds(ArrangedQueue, KEYS, st.sampled_from(["x", "y"]), st.sampled_from(Routing)),
        unique_by=lambda queue: queue.key,
    ).map(tuple),
    st.dictionaries(KEYS, KEYS),
    st.none() | KEYS,
    st.lists(KEYS, unique=True).map(tuple),
)


@given(ARRANGEMENTS, ARRANGEMENTS)
def test_on_top_of_what_was_seen_a_change_is_itself(was: Arrangement, wanted: Arrangement) -> None:
    assert not acts_between(on_top(was, wanted, was), wanted)


@given(ARRANGEMENTS, ARRANGEMENTS)
def test_who_changed_nothing_takes_nothing_back(was: Arrangement, now: Arrangement) -> None:
    assert on_top(was, was, now) == now


@given(ARRANGEMENTS, ARRANGEMENTS, ARRANGEMENTS)
def test_what_only_the_other_changed_is_not_in_what_one_does(
    was: Arrangement, mine: Arrangement, now: Arrangement
) -> None:
    own = {(act.what.partition(".")[0], act.subject) for act in acts_between(was, mine)}
    done = {
        (act.what.partition(".")[0], act.subject)
        for act in acts_between(now, on_top(was, mine, now))
        if act.what != "customer.else"
    }
    assert done <= own
