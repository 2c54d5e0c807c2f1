"""The one door to time zones: IANA names, read from the pinned tzdata package and never from the system."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime
from functools import lru_cache

# The system's zone files may be older or newer than the ones the tests prove; with an empty path zoneinfo
# finds only the tzdata package.
zoneinfo.reset_tzpath(to=[])

DAY = 86_400


class UnknownZone(LookupError):
    """A zone that is no IANA name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"unknown time zone {name!r}; expected an IANA name of a place such as America/New_York"
        )
        self.name = name


@lru_cache(maxsize=512)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of this IANA name. Raises `UnknownZone`."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(name) from None


def offsets(name: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The zone's offsets between two epoch seconds as `(from, seconds east of UTC)`; the first is at `first`.

    Probes once a day and halves down to the second of each change, so that nothing but `utcoffset` is needed.
    """
    place = zone(name)

    def offset(at: int) -> int:
        east = datetime.fromtimestamp(at, place).utcoffset()
        assert east is not None  # a ZoneInfo always knows its offset
        return east.days * DAY + east.seconds

    current = offset(first)
    found = [(first, current)]
    for probe in range(first + DAY, last + DAY, DAY):
        after = offset(probe)
        if after == current:
            continue
        low, high = probe - DAY, probe
        while high - low > 1:
            middle = (low + high) // 2
            if offset(middle) == current:
                low = middle
            else:
                high = middle
        found.append((high, after))
        current = after
    return tuple(found)


def instant(seconds: float) -> datetime:
    """The aware UTC datetime of an epoch second."""
    return datetime.fromtimestamp(seconds, UTC)
