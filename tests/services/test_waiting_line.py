"""Places in a line hold however people come and go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slabot.services.waiting_line import WaitingLine

NAMES = [f"c_{n}" for n in range(8)]


@given(st.lists(st.sampled_from(NAMES)))
def test_a_place_is_how_many_came_before_and_still_wait(names: list[str]) -> None:
    """A name joins when it does not wait, and leaves when it does."""
    line, waiting = WaitingLine(), list[str]()
    for name in names:
        if name in waiting:
            waiting.remove(name)
            line.leave(name)
        else:
            waiting.append(name)
            line.join(name)
    assert list(line) == waiting
    assert [line.ahead(name) for name in waiting] == list(range(len(waiting)))
    assert line.ahead("c_stranger") == len(line) == len(waiting)
