"""The one explanation of a deadline, of being open and of the next change, for visitor, desk and CLI."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone as zone_of
from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.lines import Line, Wall, clock_time, duration, text
from slabot.domain.clocks.paces import OpenThenElapsed, pace
from slabot.domain.clocks.walk import closed_days, days_between, open_time, reason
from slabot.domain.target import BusinessDay, Metric, Target, Unit
from slabot.domain.words import Language

__all__ = ["Line", "explain", "explain_next_change", "explain_open", "text"]


def explain(
    clock: Clock,
    calendar: Calendar,
    zone: tzinfo | None = None,
    first_response: datetime | None = None,
    *,
    cited: bool = True,
    language: Language = "en",
) -> tuple[Line, ...]:
    """How the clock's due instant comes about, line by line, in the wall time of `zone` (None: the desk's).

    `calendar` is the one of the clock's target. `first_response` is needed only by continuous effort as a
    segment. `cited`: with the document and line that the target comes from; a visitor reads its words alone.
    The lines that count seconds add up to the target, pauses apart; a promise that a merged ticket brought along
    is not counted again.
    """
    target, wall = clock.target, _wall(calendar, zone, language)
    say = wall.say
    if target is None:
        return (Line(say("no_target"), say("no_target.for", level=clock.level.name)),)
    lines = [Line(say("target"), _target_words(target, cited, wall))]
    if target.unit is Unit.WORDS:
        return (*lines, Line(say("due"), say("due.words")))
    if clock.started_at is None:
        return (*lines, Line(say("nothing_owed"), say("nothing_owed.until")))
    if clock.first_due is None or clock.due is None:
        return tuple(lines)
    lines.append(Line(say("from"), wall.moment(clock.started_at)))
    answered = first_response if clock.metric is Metric.RESOLUTION else None
    if clock.inherited_from:
        promised = f"{wall.moment(clock.first_due)} on {clock.inherited_from}, which was merged into this one"
        lines.append(Line("promised", promised))
    else:
        lines += _counted(clock.started_at, clock.first_due, target, calendar, wall, answered)
    for pause in clock.pauses:
        unit = "elapsed" if target.unit is Unit.HOURS else "open"
        span = f"{wall.moment(pause.since)}–{wall.moment(pause.until)}"
        moved = {"span": span, "duration": duration(pause.seconds), "time": wall.moment(pause.due_after)}
        lines.append(Line(say("paused"), say(f"paused.{unit if pause.seconds else 'nothing'}", **moved)))
    if clock.paused_since is not None:
        lines.append(Line(say("paused"), say("paused.since", time=wall.moment(clock.paused_since))))
    if target.continuous_effort and not target.pausable:
        lines.append(Line(say("continuous"), say("continuous.runs")))
    if clock.late_by_reclassification:
        lines.append(Line(say("reclassified"), say("reclassified.past", level=clock.level.name)))
    lines.append(Line(say("due"), wall.moment(clock.due)))
    return tuple(lines)


def explain_open(calendar: Calendar, at: datetime, zone: tzinfo | None = None) -> tuple[Line, ...]:
    """Whether the desk is open at `at`, and the hours, holiday or exception that says so."""
    wall, local = _wall(calendar, zone), calendar.local(at)
    place = wall.zone
    note = calendar.day_note(local.date())
    shown = at.astimezone(place)
    lines = [
        Line("now", f"{wall.day(shown)} {clock_time(shown)} {'open' if calendar.is_open(at) else 'closed'}")
    ]
    if note is not None:
        lines.append(Line(wall.day(local), reason(note, wall)))
    today = calendar.hours_on(local.date())
    if today:
        spans = (f"{clock_time(a.astimezone(place))}–{clock_time(b.astimezone(place))}" for a, b in today)
        lines.append(Line("hours today", ", ".join(spans)))
    elif note is None:
        lines.append(Line(wall.weekday(local), "closed"))
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
    return (*closed_days(calendar, between, wall, dated=True), Line("opens", wall.moment(change)))


def _wall(calendar: Calendar, zone: tzinfo | None, language: Language = "en") -> Wall:
    """The desk's own wall clock goes by the document's name for it, also where that knows no summer time."""
    words = calendar.zone_words if zone is None else ""
    return Wall(zone or zone_of(calendar.zone), words, language)


def _target_words(target: Target, cited: bool, wall: Wall) -> str:
    applies = f" ({target.applies})" if target.applies else ""
    source = target.source.document + (f":{target.source.line}" if target.source.line else "")
    words = wall.say("quoted", words=target.words) + (f" ({source})" if cited and source else "")
    if target.most is None:
        return words + applies
    number = "one" if target.most == 1 else "many"
    amount = wall.say(f"unit.{_UNITS[target.unit]}.{number}", number=f"{target.most:g}")
    return (
        wall.say("target.bound" if target.least is not None else "target.exact", amount=amount, words=words)
        + applies
    )


_UNITS = {Unit.BUSINESS_HOURS: "business_hours", Unit.BUSINESS_DAYS: "business_days", Unit.HOURS: "hours"}


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
        return [Line(duration(seconds), wall.say("elapsed"), seconds)]
    if target.unit is Unit.BUSINESS_DAYS:
        return _counted_days(start, end, target, calendar, wall)
    running = pace(target, calendar, answered)
    if isinstance(running, OpenThenElapsed) and running.since < end:
        lines = list(open_time(calendar, start, running.since, wall)) if start < running.since else []
        since = max(start, running.since)
        around = (end - since).total_seconds()
        lines.append(
            Line(
                wall.say("around_the_clock"),
                wall.say("around_the_clock.since", time=wall.moment(since), duration=duration(around)),
                around,
            )
        )
    else:
        lines = list(open_time(calendar, start, end, wall))
    total = sum(line.seconds or 0 for line in lines)
    return [*lines, Line(wall.say("total"), duration(total))]


def _counted_days(
    start: datetime, end: datetime, target: Target, calendar: Calendar, wall: Wall
) -> list[Line]:
    begins = calendar.next_opening(start)
    lines: list[Line] = []
    first, last = calendar.local(begins).date(), calendar.local(end).date()
    if begins > start:
        eve = calendar.local(start).date()
        closed = [eve] if not calendar.hours_on(eve) else []
        lines += closed_days(calendar, closed + days_between(eve, first), wall, dated=True)
        lines.append(Line(wall.say("starts"), wall.say("starts.opening", time=wall.moment(begins))))
    days = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
    closed_since: list[date] = []
    opened: list[date] = []
    number = 0
    dated = len(days) > 6

    def tell() -> None:
        if not opened:
            return
        names = [wall.day(day) if dated else wall.weekday(day) for day in opened]
        shown = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        first_day = number - len(names) + 1
        label = (
            wall.say("day", number=number)
            if len(names) == 1
            else wall.say("days", first=first_day, last=number)
        )
        lines.append(Line(label, shown))
        opened.clear()

    for day in days:
        if calendar.hours_on(day):
            if closed_since:
                tell()
                lines += closed_days(calendar, closed_since, wall, dated=dated)
                closed_since = []
            opened.append(day)
            number += 1
        else:
            closed_since.append(day)
    tell()
    begun, due = calendar.local(begins), calendar.local(end)
    time, at = clock_time(end.astimezone(wall.zone)), wall.say("at")
    if target.business_day is BusinessDay.CLOSE_OF_DAY:
        return [*lines, Line(at, wall.say("at.close", time=time))]
    if begun.time() == due.time():
        return [*lines, Line(at, wall.say("at.same", time=time))]
    note, outside = calendar.day_note(last), {"time": time, "begun": clock_time(begun)}
    if note is None:
        return [*lines, Line(at, wall.say("at.outside", **outside))]
    return [*lines, Line(at, wall.say("at.outside_because", **outside, reason=reason(note, wall)))]
