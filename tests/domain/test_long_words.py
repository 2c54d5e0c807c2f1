"""Whatever a visitor types at full length is read in a moment: one message must not hold up everybody else's."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from slabot.domain.anonymous import without_people
from slabot.domain.dialogue.language import is_like_address, without_addresses
from slabot.domain.dialogue.secrets import masked
from slabot.domain.finding import asked_for, in_index

LONGEST = 8_000
"""Characters that a message may have."""
IN_A_MOMENT = 0.25
"""CPU seconds. What takes as many steps as characters needs 5 ms, what takes their square one or two seconds."""
UNITS = (
    *("x", "7", "é", "😀", " ", "\n", "\t", ".", "-", "@", "(", "[", '"'),
    *(
        "x1",
        "x ",
        "x.",
        "x-",
        "x@",
        "x_",
        "1 ",
        "1-",
        " \n",
        "\n ",
        "a@b.",
        "@x",
        "www.",
        "http://",
        "a at b ",
    ),
    *("pin ", "password is ", "and ", "+1", "x\n\n", "best "),
)
READERS: tuple[Callable[[str], object], ...] = (
    masked,
    without_people,
    is_like_address,
    without_addresses,
    asked_for,
    in_index,
)


@pytest.mark.parametrize("reads", READERS, ids=lambda reads: reads.__name__)
def test_a_message_at_full_length_is_read_in_a_moment(reads: Callable[[str], object]) -> None:
    spent = {}
    for unit in UNITS:
        text = (unit * LONGEST)[:LONGEST]
        started = time.process_time()
        reads(text)
        spent[unit] = time.process_time() - started
    slow = {unit: seconds for unit, seconds in spent.items() if seconds > IN_A_MOMENT}
    assert not slow
