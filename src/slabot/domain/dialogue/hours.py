"""Hours: when people are there, computed from the calendar at this instant, never read from an article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone
from slabot.domain.dialogue.intent import DayAsked, Intent
from slabot.domain.dialogue.named_holidays import DATES, date_of
from slabot.domain.dialogue.plan import Action, Card, Utterance
from slabot.domain.dialogue.speech import day_name, paragraphs, week
from slabot.domain.dialogue.turn import Speaker, Turn

_NEAR = 3
"""Days around a holiday in which its observed day lies."""
_LISTED = 3


def about_hours(turn: Turn) -> Utterance:
    """Weekly hours and zone always; then the day or holiday asked about; then now and the next change."""
    calendar = desk_calendar(turn)
    day = turn.heard.day
    asked: list[str] = []
    if day is not None and not (day.offset == 0 and turn.heard.at is None):
        asked += _of_day(turn, calendar, day)
    after: list[str] = []
    if _names_holiday(turn, calendar, day) and turn.policy.holiday_wording:
        after.append(turn.voice.policy_words("holiday_wording", turn.language, turn.policy.holiday_wording))
    after.append(_bot(turn))
    text = paragraphs(asked, [weekly(turn, calendar), now_and_next(turn, calendar)], after)
    return Utterance(text, Action.HOURS, card=hours_card(turn, calendar))


def desk_calendar(speaker: Speaker) -> Calendar:
    """The chat's where people answer it, else the support desk's."""
    return speaker.support.calendar(speaker.policy.live_chat.calendar)


def weekly(speaker: Speaker, calendar: Calendar) -> str:
    """The week in one sentence, with the zone by the document's name."""
    key = "hours.chat" if speaker.policy.live_chat.calendar else "hours.desk"
    return speaker.say(
        key,
        week=week(calendar.weekly, speaker.language),
        zone=calendar.zone_words or speaker.policy.zone_words,
    )


def now_and_next(speaker: Speaker, calendar: Calendar) -> str:
    """Open or closed at this instant, why, and the next change."""
    change = calendar.next_change(speaker.now)
    note = calendar.day_note(_local(calendar, speaker.now).date())
    if calendar.is_open(speaker.now):
        return (
            speaker.say("hours.open_now", time=speaker.time(change))
            if change
            else speaker.say("hours.always")
        )
    opening = speaker.time(calendar.next_opening(speaker.now))
    if note is not None and not note.hours:
        return speaker.say("hours.closed_for", holiday=note.name, time=opening)
    return speaker.say("hours.closed_now", time=opening)


def header_line(speaker: Speaker, calendar: Calendar) -> str:
    """One short line for the top of the widget: open until when, or closed until when."""
    change = calendar.next_change(speaker.now)
    if not calendar.is_open(speaker.now):
        return speaker.say("header.closed", time=speaker.header_time(calendar.next_opening(speaker.now)))
    return (
        speaker.say("header.open", time=speaker.header_time(change))
        if change
        else speaker.say("header.always")
    )


def hours_card(speaker: Speaker, calendar: Calendar) -> Card:
    """What the widget draws."""
    is_open = calendar.is_open(speaker.now)
    return Card(
        "hours",
        {
            "open": is_open,
            "line": now_and_next(speaker, calendar),
            "week": [
                {"days": days.strip(), "hours": hours.strip()}
                for run in week(calendar.weekly, speaker.language).split(";")
                for days, _, hours in [run.partition(",")]
            ],
            "zone_words": calendar.zone_words or speaker.policy.zone_words,
        },
    )


def _bot(turn: Turn) -> str:
    words = turn.policy.live_chat.bot_hours_words
    if words:
        return turn.voice.policy_words("bot_hours", turn.language, words).rstrip(".") + "."
    return turn.say("hours.bot")


def _names_holiday(turn: Turn, calendar: Calendar, day: DayAsked | None) -> bool:
    if day is None:
        return False
    if day.holiday is not None or day.holidays:
        return True
    return any(calendar.day_note(each) is not None for each in _dates(turn, calendar, day))


def _of_day(turn: Turn, calendar: Calendar, day: DayAsked) -> Iterator[str]:
    if day.holidays:
        yield _next_holidays(turn, calendar)
        return
    if day.holiday is not None:
        yield from _of_holiday(turn, calendar, day.holiday)
        return
    for each in _dates(turn, calendar, day):
        yield _of_date(turn, calendar, each)


def _of_date(turn: Turn, calendar: Calendar, day: date, holiday: str = "") -> str:
    """One date; `holiday` is the name by which it was asked for."""
    name = day_name(day, turn.language, _local(calendar, turn.now).year)
    note = calendar.day_note(day)
    open_spans = calendar.hours_on(day)
    if not open_spans:
        reason = note.name if note is not None else ""
        after = turn.time(calendar.next_opening(_midnight(calendar, day)))
        if reason:
            return turn.say(
                "day.holiday",
                day=name,
                holiday=holiday if turn.language != "en" and holiday else reason,
                time=after,
            )
        if holiday:
            return turn.say("day.closed_anyway", day=name, holiday=holiday, time=after)
        return turn.say("day.closed", day=name, time=after)
    spans = ", ".join(_span(turn, calendar, *each) for each in open_spans)
    place = calendar.zone_words or turn.policy.zone_words
    if turn.heard.at is not None:
        asked = datetime.combine(day, turn.heard.at, tzinfo=zone(calendar.zone))
        at = f"{name}, {turn.heard.at:%H:%M} {place}"
        return turn.say(
            "day.open_at" if calendar.is_open(asked) else "day.closed_at", at=at, hours=spans, zone=place
        )
    if holiday:
        return turn.say("day.ordinary", day=name, holiday=holiday, hours=spans, zone=place)
    return turn.say("day.open", day=name, hours=spans, zone=place)


def _of_holiday(turn: Turn, calendar: Calendar, key: str) -> Iterator[str]:
    today = _local(calendar, turn.now).date()
    day = _coming(calendar, key, today)
    observed = [
        near
        for offset in range(1, _NEAR + 1)
        for near in (day + timedelta(days=offset), day - timedelta(days=offset))
        if (note := calendar.day_note(near)) is not None and _same_holiday(note.name, key)
    ]
    asked = turn.say(f"holiday.{key}")
    if observed and not calendar.hours_on(observed[0]) and calendar.day_note(day) is None:
        year = _local(calendar, turn.now).year
        names = {
            "day": day_name(day, turn.language, year),
            "holiday": asked,
            "observed": day_name(observed[0], turn.language, year),
        }
        yield turn.say(
            "day.observed", **names, time=turn.time(calendar.next_opening(_midnight(calendar, observed[0])))
        )
        return
    yield _of_date(turn, calendar, day, asked)
    for near in observed[:1]:
        if not calendar.hours_on(near):
            yield _of_date(turn, calendar, near)


def _coming(calendar: Calendar, key: str, today: date) -> date:
    """The next date of a holiday. Where the desk's own table has it under this name, by that table."""
    if key == "thanksgiving" and calendar.zone.startswith("America/") and _is_canadian(calendar):
        key = "thanksgiving_canada"
    dates = [date_of(key, year) for year in (today.year, today.year + 1, today.year + 2)]
    ahead = [
        day
        for day in sorted(calendar.notes)
        if today <= day <= today + timedelta(days=366) and _same_holiday(calendar.notes[day].name, key)
    ]
    computed = next(day for day in dates if day >= today)
    if ahead and all(abs((day - each).days) > _NEAR for day in ahead[:1] for each in dates):
        return ahead[0]
    return computed


def _is_canadian(calendar: Calendar) -> bool:
    return any(note.name == "Canada Day" for note in calendar.notes.values())


def _same_holiday(name: str, key: str) -> bool:
    """Whether the table's name ("Christmas Day (observed)") means the holiday of this key."""
    plain = "".join(letter for letter in name.lower() if letter.isalpha() or letter == " ")
    wanted = _TABLE_NAMES.get(key, key.replace("_", " "))
    return any(plain.startswith(part) for part in wanted.split("|"))


_TABLE_NAMES = {
    "new_year": "new years day",
    "christmas": "christmas day",
    "easter": "easter sunday",
    "presidents_day": "washingtons birthday|presidents day",
    "labor_day": "labor day|labour day",
    "easter_saturday": "easter saturday|holy saturday",
    "kings_birthday": "kings birthday|queens birthday",
    "early_may": "may day|early may",
    "new_years_eve": "new years eve",
    "thanksgiving_canada": "thanksgiving",
    "boxing_day": "boxing day|st stephens",
    "family_day": "family day|heritage day",
    "summer_bank_holiday": "summer bank holiday|late summer|august bank",
    "truth_and_reconciliation": "national day for truth",
    "martin_luther_king": "martin luther king",
    "christmas_eve": "christmas eve",
    "independence_day": "independence day",
}
"""How holiday tables call what visitors call otherwise."""


def _next_holidays(turn: Turn, calendar: Calendar) -> str:
    today = _local(calendar, turn.now).date()
    coming = [day for day in sorted(calendar.notes) if day >= today and day.weekday() in calendar.weekly][
        :_LISTED
    ]
    year = today.year
    named = [f"{calendar.notes[day].name} ({day_name(day, turn.language, year)})" for day in coming]
    return turn.say("hours.holidays", holidays=turn.listed(named)) if named else ""


def _dates(turn: Turn, calendar: Calendar, day: DayAsked) -> list[date]:
    today = _local(calendar, turn.now).date()
    if day.offset is not None:
        return [today + timedelta(days=day.offset)]
    if day.weekday is not None:
        ahead = (day.weekday - today.weekday()) % 7
        if day.is_week_after:
            ahead = 7 - today.weekday() + day.weekday
        return [today + timedelta(days=ahead)]
    if day.weekend:
        ahead = (5 - today.weekday()) % 7 if today.weekday() != 6 else 0
        saturday = today + timedelta(days=ahead)
        return [saturday, saturday + timedelta(days=1)] if ahead or today.weekday() == 5 else [today]
    if day.on is not None:
        return [_next_such(day.on, today)]
    if day.holiday is not None and day.holiday in DATES:
        return [_coming(calendar, day.holiday, today)]
    return []


def _next_such(asked: date, today: date) -> date:
    if asked.year > 1:
        return asked
    for year in range(today.year, today.year + 9):
        try:
            day = asked.replace(year=year)
        except ValueError:  # 29 February of a common year
            continue
        if day >= today:
            return day
    return today


def _span(turn: Turn, calendar: Calendar, opens: datetime, closes: datetime) -> str:
    there = f"{_local(calendar, opens):%H:%M}–{_local(calendar, closes):%H:%M}"
    if turn.conversation.zone is None:
        return there
    here = zone(turn.conversation.zone)
    mine = f"{opens.astimezone(here):%H:%M}–{closes.astimezone(here):%H:%M}"
    return there if mine == there else turn.say("time.span", desk=there, yours=mine)


def _midnight(calendar: Calendar, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone(calendar.zone))


def _local(calendar: Calendar, at: datetime) -> datetime:
    return at.astimezone(zone(calendar.zone))


def asks_about_hours(turn: Turn) -> bool:
    """Directly, or by a day alone: "and Memorial Day?", "tomorrow?" """
    if Intent.HOURS in turn.heard:
        return True
    if turn.heard.day is None or turn.heard.words > 7 or turn.is_incident:
        return False
    follows = last_bot_action(turn) == Action.HOURS
    alone = turn.heard.words <= len(turn.heard.day.words.split()) + 2
    return (
        follows
        or (Intent.FOLLOW_UP in turn.heard and alone)
        or (turn.heard.day.holiday is not None and alone)
    )


def last_bot_action(turn: Turn) -> str:
    """What the bot did last; empty at the start."""
    return next((said.action for said in reversed(turn.conversation.said) if said.role == "bot"), "")
