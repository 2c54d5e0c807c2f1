"""Harm that is critical whoever it touches: data lost, corrupt or exposed, security, a dead integration."""

from __future__ import annotations

from collections.abc import Iterator

from slabot.domain.policy import Impact
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.reading import Reading
from slabot.domain.triage.statement import Statement, Trouble

_NOT_SHOWN_TO = word_set(
    "for with like by as when than to from fur bei mit wie para con como pour avec comme chez"
)

_OWNED_BY = word_set("of about von uber de del sobre du des sur")
_EVERY = word_set(
    "every each all whole entire complete ganze ganzen gesamte gesamten komplette kompletten jeder jede jedes"
    " alle allen aller samtliche samtlichen"
    " cada toda todo todas todos chaque toute tout toutes tous"
)
_PAGES = word_set(
    "dashboard dashboards page pages screen view tab widget panel chart charts graph graphs ubersicht"
    " seite seiten ansicht reiter kachel diagramm tablero panel pantalla pagina pestana grafico graficos grafica tableau"
    " ecran onglet vue graphique graphiques"
)
_NOT_SEEN = word_set("not dont doesnt cant nicht no ne pas")
_MAY = word_set("can could may able kann konnen puede pueden peut peuvent")
_THEIRS = word_set("their own his her ihre ihren seine seinen sus su leurs leur ses son sa")
_NOT_A_RIGHT = (
    *("not", "cannot", "nobody", "nothing", "fail", "slow", "late", "wrong", "missing", "error_page", "lost"),
    *("intent", "wish", "unstable", "locked_out"),
)
_NEAR = 6
_FAR = 12
_THINGS = ("component", "minor_part", "users", "platform", "cosmetic")
_MY_OWN = word_set(
    "my our your mein meine meinen unser unsere mi mis nuestro nuestra su mon ma mes notre nos"
)


def harms(statement: Statement) -> Iterator[Trouble]:
    """Harms of this segment."""
    yield from _lost(statement)
    yield from _exposed(statement)
    for hit in statement.affirmed("corrupt"):
        what = statement.near(hit, "data", "everyone")
        if what is not None:
            yield statement.trouble("data_corrupt", Impact.CRITICAL, [hit, what], 0.9, "data_lost")
    for hit in statement.affirmed("security"):
        yield statement.trouble("security", Impact.CRITICAL, [hit], 0.85)
    yield from _integration(statement)


def _lost(statement: Statement) -> Iterator[Trouble]:
    for hit in statement.affirmed("lost_phrase"):
        yield statement.trouble("data_lost", Impact.CRITICAL, [hit], 0.8)
    for hit in statement.affirmed("lost"):
        if statement.segment.has("own_act"):
            continue
        if statement.segment.has("intermittent") and statement.segment.has("workaround"):
            yield statement.trouble("intermittent", Impact.MAJOR, [hit], 0.6, "partial")
            continue
        near = statement.near(hit, "data", "component", "minor_part", "password", "login")
        if near is None:
            near = _spoken_of_before(statement)
            if near is not None or statement.segment.has("everyone"):
                yield statement.trouble("data_lost", Impact.CRITICAL, [hit], 0.65)
        elif near.cue == "data" or statement.near(hit, "data", most=6):
            if statement.near(hit, "minor_part", most=3) and not statement.near(hit, "data", most=3):
                continue
            data = statement.near(hit, "data") or near
            yield statement.trouble("data_lost", Impact.CRITICAL, [hit, data], 0.9)
    for hit in statement.affirmed("missing"):
        gone = statement.near(hit, "data", most=5)
        if statement.segment.has("part") or _is_a_page(statement, gone):
            continue
        if gone and (
            statement.segment.has("everyone", "everything")
            or statement.reading.has("untouched")
            or _every(statement, gone)
        ):
            yield statement.trouble("data_lost", Impact.CRITICAL, [hit, gone], 0.75)
        elif not gone and not statement.segment.has(*_THINGS) and _every(statement, hit, 8):
            yield statement.trouble("data_lost", Impact.CRITICAL, [hit], 0.5)


def _is_a_page(statement: Statement, data: Hit | None) -> bool:
    """An empty dashboard shows nothing; that what it should show is gone, it does not tell."""
    return data is not None and not _PAGES.isdisjoint(statement.reading.words[data.start : data.end])


def _every(statement: Statement, data: Hit, most: int = 3) -> bool:
    """ "Every course we imported": all of a kind of data."""
    before = statement.reading.words[max(statement.segment.start, data.start - most) : data.start]
    return not _EVERY.isdisjoint(before)


def _spoken_of_before(statement: Statement) -> Hit | None:
    """ "The survey wasn't closed. It's gone": the data was named in an earlier segment."""
    pronoun = statement.segment.end - statement.segment.start <= 8
    earlier = [
        hit for hit in statement.reading.hits if hit.cue == "data" and hit.start < statement.segment.start
    ]
    return earlier[-1] if earlier and pronoun else None


def _exposed(statement: Statement) -> Iterator[Trouble]:
    for hit in statement.affirmed("exposed"):
        data = statement.near(hit, "private", "data", "other")
        yield statement.trouble("data_exposed", Impact.CRITICAL, [hit, *([data] if data else [])], 0.85)
    for other in statement.segment.all("other"):
        shown = _shown(statement, other)
        if shown:
            yield statement.trouble("data_exposed", Impact.CRITICAL, [shown, other], 0.85)
    yield from _seen_by_others(statement)
    yield from _not_for_them(statement)
    yield from _names_of_others(statement)
    yield from _private_seen(statement)
    yield from _peers_seen(statement)
    for who in statement.affirmed("outsider"):
        if not _OWNED_BY.isdisjoint(statement.reading.words[max(0, who.start - 2) : who.start]):
            continue  # "Delete the data of our former employee": the data is theirs, they do nothing
        reached = statement.near(who, "see", "login", "works", "do", "turns_up", most=5)
        if reached and not statement.negator(reached):
            yield statement.trouble("data_exposed", Impact.CRITICAL, [who, reached], 0.75)
    yield from _still_inside(statement)
    yield from _permitted(statement)
    for hit in statement.affirmed("visible"):
        to = statement.near(hit, "everyone", "other", "users", "team", most=2)
        if to is None and statement.segment.has("other", "peers"):
            to = statement.near(hit, "me", most=1)
        data = statement.near(hit, "private", "data", most=6)
        if to and to.cue in ("other", "me"):
            data = data or statement.near(hit, "component", most=6)
        follows = to is not None and (to.start >= hit.end or _ends_with_the_verb(statement))
        if to and data and follows and not statement.segment.has("login"):
            yield statement.trouble("data_exposed", Impact.CRITICAL, [hit, to, data], 0.8)


def _seen_by_others(statement: Statement) -> Iterator[Trouble]:
    """ "Another company can see our results" tells that they do; "can another company see them?" asks who may."""
    words, asked = statement.reading.words, [each for each in statement.reading.sentences if each.asks]
    for who in statement.segment.all("other"):
        if any(sentence.start <= who.start < sentence.end for sentence in asked):
            continue
        for seen in statement.segment.all("see"):
            follows = who.end <= seen.start <= who.end + 3 and not statement.negator(seen, 2)
            if follows and not _MY_OWN.isdisjoint(words[seen.end : seen.end + 3]):
                yield statement.trouble("data_exposed", Impact.CRITICAL, [who, seen], 0.8)
                return


def _permitted(statement: Statement) -> Iterator[Trouble]:
    """ "How is it possible that a student can edit grades?": somebody may do what should not be theirs to do."""
    segment, words = statement.segment, statement.reading.words
    if not segment.has("surprise", "why") or segment.has(*_NOT_A_RIGHT):
        return
    for who in segment.all("one_user", "users", "everyone"):
        may = next((at for at in range(who.end, min(who.end + 3, segment.end)) if words[at] in _MAY), None)
        what = statement.near(who, "private", "data", most=9)
        if may is None or what is None or what.start < may or words[what.start - 1] in _THEIRS:
            continue
        yield statement.trouble("data_exposed", Impact.CRITICAL, [who, what], 0.6)
        return


def _still_inside(statement: Statement) -> Iterator[Trouble]:
    """ "She resigned in May and still gets in": who has left the organisation reaches what is inside it."""
    for gone in statement.segment.all("departed"):
        for still in statement.segment.all("still"):
            reached = next(
                (
                    hit
                    for hit in statement.segment.all("login", "see", "works", "do", "security")
                    if hit.start >= still.start - 1 and statement.negator(hit) is None
                ),
                None,
            )
            if reached is not None and statement.reading.distance(gone, still) <= _FAR:
                yield statement.trouble("data_exposed", Impact.CRITICAL, [gone, still, reached], 0.75)
                return


def _private_seen(statement: Statement) -> Iterator[Trouble]:
    """Salaries, private notes, or who wrote an anonymous answer, before eyes they are not meant for."""
    words = statement.reading.words
    here = words[statement.segment.start : statement.segment.end]
    if statement.segment.has("others_ok", "part") and not _NOT_SEEN.isdisjoint(here):
        return  # "Seven of us don't see our review, the others do"
    for hit in statement.segment.all("private"):
        if words[hit.start - 1] in _MY_OWN and hit.start > 0:
            continue
        seen = next(
            (
                other
                for other in statement.segment.all("see", "turns_up")
                if (other.end <= hit.start or _ends_with_the_verb(statement))
                and statement.reading.distance(other, hit) <= 5
                and not statement.negator(other)
            ),
            None,
        )
        if seen:
            yield statement.trouble("data_exposed", Impact.CRITICAL, [seen, hit], 0.75)
        elif words[hit.start].startswith(("anonym", "anonim")) and not statement.segment.has("not", "cannot"):
            name = statement.near(hit, "identity")
            if name is not None and statement.near(name, "see", "visible"):
                yield statement.trouble("data_exposed", Impact.CRITICAL, [hit, name], 0.75)
            elif _contradicted(statement) or (
                statement.reading.has("surprise") and statement.reading.has("identity")
            ):
                yield statement.trouble("data_exposed", Impact.CRITICAL, [hit], 0.6)


def _contradicted(statement: Statement) -> bool:
    """ "… should be anonymous, but there's a name column": who wrote it is told after the contrast."""
    return any(
        other.start == statement.segment.end
        and other.sentence == statement.segment.sentence
        and other.has("identity", "exposed")
        and not other.has("not", "cannot", "nobody")
        for other in statement.reading.segments
    )


def _not_for_them(statement: Statement) -> Iterator[Trouble]:
    """ "I don't think I'm meant to be seeing Unilever's campaigns": said of what belongs to somebody, it is a leak."""
    segment, reading = statement.segment, statement.reading
    for barred in segment.all("forbidden"):
        named = [
            at
            for at in range(segment.start + 1, segment.end)
            if reading.is_owner_name(at) or (reading.is_name(at) and not _is_ours(reading, at))
        ]
        whose = segment.all("other", "peers", "private")
        data = segment.all("data", "component")
        if segment.has("see", "login", "do", "works") and (whose or (named and (data or len(named) > 1))):
            what = whose[0] if whose else Hit("other", named[0], named[0] + 1)
            yield statement.trouble("data_exposed", Impact.CRITICAL, [barred, what], 0.65)
            return


def _is_ours(reading: Reading, at: int) -> bool:
    return any(hit.cue in ("ours", "platform") and hit.start <= at < hit.end for hit in reading.hits)


def _names_of_others(statement: Statement) -> Iterator[Trouble]:
    """ "Why is Acme's campaign list in our account?": one asks only about a name that does not belong there."""
    segment, reading = statement.segment, statement.reading
    if not reading.has("surprise", "why") or segment.has("not", "cannot", "users"):
        return
    for seen in segment.all("see"):
        owned = [at for at in range(segment.start + 1, segment.end) if reading.is_owner_name(at)]
        if owned and abs(owned[0] - seen.start) <= _NEAR:
            what = Hit("other", owned[0], owned[0] + 1)
            yield statement.trouble("data_exposed", Impact.CRITICAL, [seen, what], 0.6)
            return
    if not segment.has("surprise", "why"):
        return
    for where in segment.all("turns_up"):
        start = segment.start + 1
        if any(reading.is_name(at) for at in range(start, where.start)):
            yield statement.trouble("data_exposed", Impact.CRITICAL, [where, *segment.all("data")[:1]], 0.7)
            return


def _peers_seen(statement: Statement) -> Iterator[Trouble]:
    """ "Everyone can read everyone's reviews", "a student sees her classmates' grades"."""
    segment = statement.segment
    if segment.has("intent", "wish", "not", "cannot", "nobody"):
        return
    for seen in segment.all("see"):
        what = statement.near(seen, "data", "private", most=6)
        whose = [peer for peer in segment.all("peers") if statement.reading.distance(seen, peer) <= 6]
        whose = [peer for peer in whose if peer.start >= seen.end or _ends_with_the_verb(statement)]
        after = what is not None and (what.start >= seen.end or _ends_with_the_verb(statement))
        if what is not None and after and whose and _owns(statement, whose[0], what):
            yield statement.trouble("data_exposed", Impact.CRITICAL, [seen, whose[0], what], 0.75)
            return


def _owns(statement: Statement, peer: Hit, what: Hit) -> bool:
    """The peers stand right beside what is seen, and no preposition says that it was shown to them."""
    before = statement.reading.words[peer.start - 1] if peer.start else ""
    return statement.reading.distance(peer, what) <= 2 and before not in _NOT_SHOWN_TO


def _shown(statement: Statement, other: Hit) -> Hit | None:
    """The verb by which somebody else's things are seen; None if there is none or it is denied."""
    words = statement.reading.words
    if "see" in words[other.start : other.end]:
        return other
    before = words[other.start - 1] if other.start > statement.segment.start else ""
    for hit in statement.segment.all("see", "turns_up"):
        verb_last = _ends_with_the_verb(statement) and not statement.negator(hit, 2)
        if (
            (hit.cue == "turns_up" or verb_last)
            and hit.start >= other.end
            and statement.reading.distance(hit, other) <= 8
        ):
            return hit
        if hit.end > other.start or statement.reading.distance(hit, other) > 8 or statement.negator(hit, 2):
            continue
        if before not in _NOT_SHOWN_TO or words[hit.end - 1] in ("to", "as", "from"):
            return hit
        if before in ("from", "to") and statement.near(other, "data", "private", "users", "one_user", most=7):
            return hit
    return None


def _ends_with_the_verb(statement: Statement) -> bool:
    """German tells the object first: "die Notizen anderer lesen"."""
    return statement.reading.language == "de"


def _integration(statement: Statement) -> Iterator[Trouble]:
    for hit in statement.segment.all("integration", "minor_integration"):
        broken = _stopped(statement, hit)
        if not broken:
            continue
        cues = {other.cue for other in statement.segment.hits}
        if cues & {"intermittent", "late", "part", "slow"}:
            yield statement.trouble("integration_unsteady", Impact.MAJOR, [hit, broken], 0.85, "partial")
        elif hit.cue == "minor_integration":
            yield statement.trouble("integration_stopped", Impact.MAJOR, [hit, broken], 0.7)
        elif statement.scope.is_single and not cues & {"data", "everything", "nothing"}:
            yield statement.trouble("blocked", Impact.MAJOR, [hit, broken], 0.7)
        else:
            yield statement.trouble("integration_stopped", Impact.CRITICAL, [hit, broken], 0.85)


def _stopped(statement: Statement, integration: Hit) -> Hit | None:
    for hit in statement.affirmed("fail", "down", "vague_trouble", "unstable", "error_page", "intermittent"):
        if statement.reading.distance(hit, integration) <= 8:
            return hit
    for hit in statement.segment.all("works", "do"):
        if hit.start == integration.start or statement.reading.distance(hit, integration) > 8:
            continue
        if negator := statement.negator(hit):
            return Hit("fail", min(hit.start, negator.start), max(hit.end, negator.end))
    return None
