"""The one verb of triage: weigh a message against a policy."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.policy import Impact, Level, Policy
from slabot.domain.triage.asking import separating_questions
from slabot.domain.triage.assessment import Assessment, Kind, Reason
from slabot.domain.triage.bearing import is_wished_away, told_not_reported, undramatic
from slabot.domain.triage.claims import claimed_level
from slabot.domain.triage.cues import Cues
from slabot.domain.triage.lexicon import word_set
from slabot.domain.triage.miswritten import miswritten
from slabot.domain.triage.mood import Mood, is_elsewhere, is_over, mood_of
from slabot.domain.triage.reading import Reading, read
from slabot.domain.triage.scope import Scope
from slabot.domain.triage.second_look import second_look
from slabot.domain.triage.severity import reason_for, severity_of
from slabot.domain.triage.statement import Trouble
from slabot.domain.triage.troubles import suspected_trouble, troubles_of
from slabot.domain.triage.verdict import INCIDENTS
from slabot.domain.triage.wants import Want, want_of

_CONTRASTS = word_set("but aber pero mais and und y et")
_POINTS_BACK = word_set("it that this they es das sie esto eso ca cela il elle")
_GRAVITY = {Impact.CRITICAL: 0, Impact.MAJOR: 1, Impact.MINOR: 2, Impact.LOW: 3}
_MOST_REASONS = 6
_EARLIER_TURNS = 3
_SHORT = 8
"""Words up to which a message may be an answer to, or an addition to, what was said before it."""


def assess(
    text: str, policy: Policy, cues: Cues, earlier: Sequence[str] = (), plan: str | None = None
) -> Assessment:
    """Kind, impact and severity of a message, with reasons. Deterministic; reads no clock.

    `earlier` are the visitor's turns before it, oldest first: "all of us" after "I can't log in" adds to it.
    `plan` is the customer's, whose floor and ceiling hold too. Raises `UnknownPlan`.
    """
    reading = read(text, cues)
    alone = _weigh(reading, policy, cues, plan)
    if not earlier or not _adds_to_earlier(alone, reading):
        return alone
    together = _weigh(read(". ".join((*earlier[-_EARLIER_TURNS:], text)), cues), policy, cues, plan)
    if together.kind is not Kind.INCIDENT:
        return alone
    if alone.kind is Kind.INCIDENT and (alone.severity, alone.impact) == (together.severity, together.impact):
        return alone  # the new trouble is no graver with the old one: its own words are the ones to answer
    return together


def _adds_to_earlier(alone: Assessment, reading: Reading) -> bool:
    if alone.kind is Kind.INCIDENT:
        return alone.impact is not Impact.CRITICAL and alone.scope in (None, "self")
    vague = alone.kind is Kind.QUESTION and alone.confidence < 0.6
    return vague and len(reading.words) <= _SHORT


def _weigh(reading: Reading, policy: Policy, cues: Cues, plan: str | None) -> Assessment:
    claimed = claimed_level(reading, mood_of(reading), policy)
    plain = undramatic(reading)
    if plain is not None:
        reading = read(plain, cues)
    mood = mood_of(reading)
    live, elsewhere = _live(reading, mood)
    if not reading.has("injection") and (wanted := told_not_reported(reading, mood, live)):
        return _other(reading, wanted, claimed, policy, cues, plan)
    found = _by_rules(reading, mood, live, elsewhere, claimed, policy, cues, plan)
    other = second_look(found, reading, mood, cues)
    if other is None:
        return found
    if other.verdict not in INCIDENTS:
        return _other(reading, other.want(), claimed, policy, cues, plan)
    told = other.trouble(reading)
    lesser = [trouble for trouble in live if _GRAVITY[trouble.impact] > _GRAVITY[told.impact]]
    return _incident(reading, [told, *lesser], claimed, policy, cues, plan)


def _by_rules(
    reading: Reading,
    mood: Mood,
    live: list[Trouble],
    elsewhere: bool,
    claimed: str | None,
    policy: Policy,
    cues: Cues,
    plan: str | None,
) -> Assessment:
    if live:
        return _incident(reading, live, claimed, policy, cues, plan)
    if not mood.asking and (slip := miswritten(reading, cues)):
        return _incident(reading, [slip], claimed, policy, cues, plan)
    want = want_of(reading, mood, elsewhere)
    if (
        want.kind is Kind.QUESTION
        and (not want.hits or _asks_nothing(want, mood) or reading.has("surprise"))
        and (suspected := suspected_trouble(reading, mood))
        and not is_wished_away(reading, suspected)
    ):
        return _incident(reading, [suspected], claimed, policy, cues, plan)
    return _other(reading, want, claimed, policy, cues, plan)


def _asks_nothing(want: Want, mood: Mood) -> bool:
    """Its question words only tell: "there's nobody left who can …"."""
    return not mood.asking and not mood.hypothetical and all(hit.cue == "howto" for hit in want.hits)


def _live(reading: Reading, mood: Mood) -> tuple[list[Trouble], bool]:
    """The troubles that are ours and now, and whether one was told that is somebody else's."""
    live: list[Trouble] = []
    elsewhere = False
    wishing = reading.has("wish", "bespoke", "ask_people")
    private = reading.has("privacy")
    forgotten = reading.has("forgot") and not reading.has("right_password")
    for trouble in troubles_of(reading):
        if any(mood.thought[trouble.start : trouble.end]):
            continue
        if is_over(reading, mood, trouble.segment, trouble.start) or is_wished_away(reading, trouble):
            continue
        if is_elsewhere(reading, trouble.segment, trouble.start, trouble.end):
            elsewhere = True
            continue
        if elsewhere and not trouble.segment.has("ours") and _goes_on_about_it(reading, trouble):
            continue
        if wishing and trouble.impact is not Impact.CRITICAL and not trouble.segment.has("blocked"):
            continue
        if private and (trouble.signal == "data_lost" or trouble.impact in (Impact.MINOR, Impact.LOW)):
            continue
        if private and trouble.signal == "data_exposed" and _is_asked(reading, trouble):
            continue
        if (
            forgotten
            and "whole_service_down" not in trouble.signals
            and trouble.impact is not Impact.CRITICAL
        ):
            continue
        live.append(trouble)
    return live, elsewhere


def _goes_on_about_it(reading: Reading, trouble: Trouble) -> bool:
    """ "Our VPN is down, but it drags on", "…, so nobody gets in": what was named before, or what comes of it."""
    first = trouble.segment.start
    after = first + 1 if reading.words[first] in _CONTRASTS else first
    goes_on = after < trouble.segment.end and reading.words[after] in _POINTS_BACK
    return trouble.segment.has("cause") or (
        goes_on and not trouble.segment.has("platform", "component", "login")
    )


def _is_asked(reading: Reading, trouble: Trouble) -> bool:
    """ "Are my answers visible to others?" asks for the rule; "is it normal that I see theirs?" tells of a leak."""
    return reading.sentences[trouble.segment.sentence].asks and not reading.has("surprise", "why")


def _incident(
    reading: Reading,
    live: list[Trouble],
    claimed: str | None,
    policy: Policy,
    cues: Cues,
    plan: str | None,
) -> Assessment:
    ranked = sorted(
        live, key=lambda trouble: (_level_rank(policy, trouble), _GRAVITY[trouble.impact], -trouble.sure)
    )
    worst = ranked[0]
    level = _bounded(policy, worst, plan)
    reasons = _reasons(reading, ranked, policy, cues, plan)
    runner_up, would_change = _runner_up(policy, level, worst)
    return Assessment(
        kind=Kind.INCIDENT,
        impact=worst.impact,
        severity=level.key,
        claimed=claimed,
        confidence=_confidence(worst, live),
        reasons=reasons,
        runner_up=runner_up.key if runner_up else None,
        would_change=would_change,
        scope=None if worst.scope is Scope.UNSAID else worst.scope.value,
        signals=frozenset().union(*(trouble.signals for trouble in live)),
        questions=separating_questions(worst, cues, reading.language),
    )


def _bounded(policy: Policy, trouble: Trouble, plan: str | None) -> Level:
    level = severity_of(policy, trouble.impact, trouble.signals)
    return policy.bounded(level, plan, Kind.INCIDENT.value)


def _level_rank(policy: Policy, trouble: Trouble) -> int:
    """Before floors and ceilings: they do not say which of two troubles is the worse."""
    return severity_of(policy, trouble.impact, trouble.signals).rank


def _confidence(worst: Trouble, live: list[Trouble]) -> float:
    agreeing = sum(1 for trouble in live if trouble.impact is worst.impact) - 1
    unsaid = 0.1 if worst.scope in (Scope.UNSAID, Scope.SELF) and worst.impact is not Impact.LOW else 0.0
    return round(min(0.98, worst.sure + 0.05 * agreeing - unsaid), 2)


def _reasons(
    reading: Reading, ranked: list[Trouble], policy: Policy, cues: Cues, plan: str | None
) -> tuple[Reason, ...]:
    """One reason a trouble, the worst first; words already quoted are not quoted again."""
    found: dict[str, Reason] = {}
    for trouble in ranked:
        level = _bounded(policy, trouble, plan)
        because = reading.quote(trouble.start, trouble.end)
        if any(because in quoted or quoted in because for quoted in found):
            continue
        found[because] = reason_for(level, trouble.signal, because, cues.grounds)
    return tuple(found.values())[:_MOST_REASONS]


def _runner_up(policy: Policy, level: Level, worst: Trouble) -> tuple[Level | None, str]:
    """The neighbouring level that one more fact would lead to, and the fact."""
    severities = policy.severities
    at = next((place for place, each in enumerate(severities) if each.key == level.key), -1)
    milder = severities[at + 1] if 0 <= at < len(severities) - 1 else None
    graver = severities[at - 1] if at > 0 else None
    if worst.impact is Impact.CRITICAL and milder:
        if "whole_service_down" in worst.signals:
            return milder, f"{milder.name} if only some people are affected"
        return milder, f"{milder.name} if nothing is lost or exposed and only a function fails"
    if worst.impact is Impact.MAJOR:
        if worst.scope in (Scope.SELF, Scope.UNSAID, Scope.PART, Scope.ALONE) and graver:
            return graver, f"{graver.name} if nobody in the organisation can get in or work"
        if milder:
            return milder, f"{milder.name} if there is a way round"
    if graver:
        return graver, f"{graver.name} if it stops essential work"
    return milder, f"{milder.name} if it does not affect how things work" if milder else ""


def _other(
    reading: Reading, want: Want, claimed: str | None, policy: Policy, cues: Cues, plan: str | None
) -> Assessment:
    because = reading.quote(want.hits[0].start, want.hits[0].end) if want.hits else ""
    level = _level_without_incident(want, policy, plan)
    ground = policy.lowest if level is None or level.is_request else level
    reasons: tuple[Reason, ...] = ()
    if because and want.kind in (Kind.QUESTION, Kind.REQUEST, Kind.PRIVACY):
        signal = want.topic or want.kind.value
        reasons = (reason_for(level or ground, signal, because, cues.grounds),)
    elif want.kind is Kind.OUT_OF_SCOPE and want.topic == "third_party":
        reasons = _third_party_reasons(because, policy)
    signals = {want.kind.value, *([want.topic] if want.topic else [])}
    return Assessment(
        kind=want.kind,
        impact=Impact.LOW,
        severity=level.key if level else None,
        claimed=claimed,
        confidence=want.sure,
        reasons=reasons,
        signals=frozenset(signals),
    )


def _level_without_incident(want: Want, policy: Policy, plan: str | None) -> Level | None:
    if want.kind not in (Kind.REQUEST, Kind.PRIVACY):
        return None
    key = policy.kind_levels.get(want.topic)
    if key is None and want.topic != "wish":  # a wish is weighed like a cosmetic fault: for a later release
        key = policy.kind_levels.get(want.kind.value)
    level = policy.level(key) if key else severity_of(policy, Impact.LOW, ())
    return policy.bounded(level, plan, want.kind.value)


def _third_party_reasons(because: str, policy: Policy) -> tuple[Reason, ...]:
    for scope in policy.out_of_scope:
        if scope.source and any(term.lower() in because.lower() for term in scope.terms):
            return (Reason(scope.source.clause or scope.key, scope.source.quote, because),)
    return ()
