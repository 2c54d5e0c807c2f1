"""The one explanation of a deadline, of being open and of the next change, for visitor, desk and CLI."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone as zone_of
from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.lines import Line, Wall, clock_time, day_name, duration, text, weekday
from slabot.domain.clocks.paces import OpenThenElapsed, pace
from slabot.domain.clocks.walk import closed_days, days_between, open_time, reason
from slabot.domain.target import BusinessDay, Metric, Target, Unit

__all__ = ["Line", "explain", "explain_next_change", "explain_open", "text"]


def explain(
    clock: Clock,
    calendar: Calendar,
    zone: tzinfo | None = None,
    first_response: datetime | None = None,
    *,
    cited: bool = True,
) -> tuple[Line, ...]:
    """How the clock's due instant comes about, line by line, in the wall time of `zone` (None: the desk's).

    `calendar` is the one of the clock's target. `first_response` is needed only by continuous effort as a
    segment. `cited`: with the document and line that the target comes from; a visitor reads its words alone.
    The lines that count seconds add up to the target, pauses apart; a promise that a merged ticket brought along
    is not counted again.
    """
    target, wall = clock.target, _wall(calendar, zone)
    if target is None:
        return (Line("no target", f"for {clock.level.name}"),)
    lines = [Line("target", _target_words(target, cited))]
    if target.unit is Unit.WORDS:
        return (*lines, Line("due", "no time is published, the words stand instead"))
    if clock.started_at is None:
        return (*lines, Line("nothing owed", "until the visitor writes again after a person's answer"))
    if clock.first_due is None or clock.due is None:
        return tuple(lines)
    lines.append(Line("from", wall.moment(clock.started_at)))
    answered = first_response if clock.metric is Metric.RESOLUTION else None
    if clock.inherited_from:
        promised = f"{wall.moment(clock.first_due)} on {clock.inherited_from}, which was merged into this one"
        lines.append(Line("promised", promised))
    else:
        lines += _counted(clock.started_at, clock.first_due, target, calendar, wall, answered)
    for pause in clock.pauses:
        unit = "elapsed" if target.unit is Unit.HOURS else "open time"
        moved = f"due moves to {wall.moment(pause.due_after)}" if pause.seconds else "moves nothing"
        span = f"{wall.moment(pause.since)}–{wall.moment(pause.until)}"
        lines.append(Line("paused", f"{span} {duration(pause.seconds)} {unit}: {moved}"))
    if clock.paused_since is not None:
        lines.append(Line("paused", f"since {wall.moment(clock.paused_since)}, which moves nothing yet"))
    if target.continuous_effort and not target.pausable:
        lines.append(Line("continuous effort", "the clock never pauses"))
    if clock.late_by_reclassification:
        lines.append(Line("late by reclassification", f"already past when it became {clock.level.name}"))
    lines.append(Line("due", wall.moment(clock.due)))
    return tuple(lines)


def explain_open(calendar: Calendar, at: datetime, zone: tzinfo | None = None) -> tuple[Line, ...]:
    """Whether the desk is open at `at`, and the hours, holiday or exception that says so."""
    place, local = zone or zone_of(calendar.zone), calendar.local(at)
    note = calendar.day_note(local.date())
    shown = at.astimezone(place)
    lines = [
        Line("now", f"{day_name(shown)} {clock_time(shown)} {'open' if calendar.is_open(at) else 'closed'}")
    ]
    if note is not None:
        lines.append(Line(day_name(local), reason(note)))
    today = calendar.hours_on(local.date())
    if today:
        spans = (f"{clock_time(a.astimezone(place))}–{clock_time(b.astimezone(place))}" for a, b in today)
        lines.append(Line("hours today", ", ".join(spans)))
    elif note is None:
        lines.append(Line(weekday(local), "closed"))
    return (*lines, *explain_next_change(calendar, at, zone))


def explain_next_change(calendar: Calendar, at: datetime, zone: tzinfo | None = None) -> tuple[Line, ...]:
    """When it next opens or closes, and the closed days until then."""
    wall = _wall(calendar, zone)
    change = calendar.next_change(at)
    if change is None:
        return (Line("always open" if calendar.is_open(at) else "closed", "as far as this calendar reaches"),)
    if calendar.is_open(at):
        return (Line("closes", wall.moment(change)),)
    between = days_between(calendar.local(at).date(), calendar.local(change).date())
    return (*closed_days(calendar, between, dated=True), Line("opens", wall.moment(change)))


def _wall(calendar: Calendar, zone: tzinfo | None) -> Wall:
    """The desk's own wall clock goes by the document's name for it, also where that knows no summer time."""
    return Wall(zone_of(calendar.zone), calendar.zone_words) if zone is None else Wall(zone)


def _target_words(target: Target, cited: bool) -> str:
    units = {
        Unit.BUSINESS_HOURS: "business hours",
        Unit.BUSINESS_DAYS: "business days",
        Unit.HOURS: "elapsed hours",
    }
    applies = f" ({target.applies})" if target.applies else ""
    source = target.source.document + (f":{target.source.line}" if target.source.line else "")
    quoted = f"“{target.words}”" + (f" ({source})" if cited and source else "")
    if target.most is None:
        return quoted + applies
    counted = units[target.unit] if target.most != 1 else units[target.unit][:-1]
    bound = ", the upper bound binds" if target.least is not None else ""
    return f"{target.most:g} {counted}{bound}, {quoted}{applies}"


def _counted(
    start: datetime,
    end: datetime,
    target: Target,
    calendar: Calendar,
    wall: Wall,
    answered: datetime | None,
) -> list[Line]:
    if target.unit is Unit.HOURS:
        seconds = (end - start).total_seconds()
        return [Line(duration(seconds), "elapsed, in open and closed time alike", seconds)]
    if target.unit is Unit.BUSINESS_DAYS:
        return _counted_days(start, end, target, calendar, wall)
    running = pace(target, calendar, answered)
    if isinstance(running, OpenThenElapsed) and running.since < end:
        lines = list(open_time(calendar, start, running.since, wall.zone)) if start < running.since else []
        since = max(start, running.since)
        lines.append(
            Line(
                "around the clock",
                f"since the first response {wall.moment(since)} {duration((end - since).total_seconds())}",
                (end - since).total_seconds(),
            )
        )
    else:
        lines = list(open_time(calendar, start, end, wall.zone))
    total = sum(line.seconds or 0 for line in lines)
    return [*lines, Line("total", duration(total))]


def _counted_days(
    start: datetime, end: datetime, target: Target, calendar: Calendar, wall: Wall
) -> list[Line]:
    begins = calendar.next_opening(start)
    lines: list[Line] = []
    first, last = calendar.local(begins).date(), calendar.local(end).date()
    if begins > start:
        eve = calendar.local(start).date()
        closed = [eve] if not calendar.hours_on(eve) else []
        lines += closed_days(calendar, closed + days_between(eve, first), dated=True)
        lines.append(Line("starts", f"{wall.moment(begins)}, the next opening"))
    days = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
    closed_since: list[date] = []
    opened: list[date] = []
    number = 0
    dated = len(days) > 6

    def tell() -> None:
        if not opened:
            return
        names = [day_name(day) if dated else weekday(day) for day in opened]
        shown = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        label = f"day {number}" if len(names) == 1 else f"days {number - len(names) + 1}–{number}"
        lines.append(Line(label, shown))
        opened.clear()

    for day in days:
        if calendar.hours_on(day):
            if closed_since:
                tell()
                lines += closed_days(calendar, closed_since, dated=dated)
                closed_since = []
            opened.append(day)
            number += 1
        else:
            closed_since.append(day)
    tell()
    begun, due = calendar.local(begins), calendar.local(end)
    if target.business_day is BusinessDay.CLOSE_OF_DAY:
        lines.append(Line("at", f"close of day {clock_time(end.astimezone(wall.zone))}"))
    elif begun.time() == due.time():
        lines.append(Line("at", f"the same time of day {clock_time(end.astimezone(wall.zone))}"))
    else:
        note = calendar.day_note(last)
        because = f" of {reason(note)}" if note else ""
        lines.append(
            Line(
                "at",
                f"{clock_time(end.astimezone(wall.zone))}: {clock_time(begun)} is outside the hours{because}",
            )
        )
    return lines
