"""Getting in, and whether there is anything to get into: log-in trouble and the service being down."""

from __future__ import annotations

from collections.abc import Iterator

from slabot.domain.policy import Impact
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.scope import Scope
from slabot.domain.triage.statement import Statement, Trouble
from slabot.domain.triage.way_round import rest_works, sibling_works

_REACHING = word_set(
    "access accessing acess past beyond reach reaching enter entering into acceder accede accder offnen"
    " erreichen"
)

_USING = word_set("use using nutzen benutzen verwenden usar utilizar utiliser open offnen abrir ouvrir")
_ANY_PAGE = word_set(
    "page pages screen screens link links url button seite seiten link pagina paginas pantalla enlace"
    " page lien ecran content"
)
_AT_ALL = word_set(
    "work works working worked load loads loading loaded open opens opening opened respond responds"
    " responding run runs running start starts starting come comes up go goes happen happens function"
    " functions functioning appear appears display displays geht gehen funktioniert ladt laden lauft"
    " laufen offnet reagiert startet klappt tut carga cargan abre abren funciona funcionan responde"
    " arranca anda va marche fonctionne charge s'ouvre ouvre repond demarre"
)
"""What a service does as a whole: "nothing loads" is said of it, "nothing is saved" of one function."""
_WORKING = word_set("work working arbeiten trabajar travailler")
_OPENING = word_set(
    "open opens opening opened start starts starting started begin begins launch launches launching load"
    " loads loading access accessing reach reaching enter entering take taking do sit see seeing get getting"
    " into offnen offnet starten startet beginnen aufrufen laden ladt machen ablegen sehen abrir abre abren empezar iniciar"
    " comenzar hacer ver entrar acceder cargar ouvrir ouvre ouvrent commencer lancer demarrer faire voir"
    " acceder passer"
)
"""To get at a thing, not to work on it: who cannot publish a course still has it before them."""
_INSTEAD = word_set("instead where statt anstatt anstelle wo lugar donde au ou autre")
_WRONG = word_set("wrong incorrect invalid falsches falsch incorrecta incorrecto mauvais incorrect")
_NO_DEED = word_set(
    "morning evening nothing everything anything something during thing training spring being getting having trying"
    " working loading logging signing seeing showing"
)
_BESIDE = 5
_BARELY = word_set("barely hardly kaum apenas peine")
_PRONOUNS = word_set("it its that this es das sie ca cela il elle eso esto")


def access_troubles(statement: Statement) -> Iterator[Trouble]:
    """Log-in trouble and downtime in this segment."""
    if statement.segment.has("recovered") and not statement.segment.has("nobody", "nothing"):
        return
    for hits in _locked_out(statement):
        yield _weighed(statement, hits, "cannot_log_in", 0.9)
    if turned_away := _turned_away(statement):
        yield _weighed(statement, turned_away, "cannot_log_in", 0.7)
    elif stopped := _kept_from_work(statement):
        yield statement.trouble("work_stopped", Impact.CRITICAL, stopped, 0.75)
    if rest_works(statement.reading):
        return
    for hits, sure in _dead(statement):
        yield _weighed(statement, hits, "service_down", sure)


def _weighed(statement: Statement, hits: list[Hit], signal: str, sure: float) -> Trouble:
    scope = statement.scope
    if statement.segment.has("intermittent") or (scope is Scope.PART):
        return statement.trouble(signal, Impact.MAJOR, hits, sure, "partial")
    if scope.is_wide:
        return statement.trouble(signal, Impact.CRITICAL, hits, sure, "whole_service_down")
    if signal == "service_down" and scope is not Scope.ALONE and not _only_me(statement):
        return statement.trouble(signal, Impact.CRITICAL, hits, sure - 0.1, "whole_service_down")
    return statement.trouble(signal, Impact.MAJOR, hits, sure - 0.1, "blocked")


def _only_me(statement: Statement) -> bool:
    return statement.scope is Scope.SELF and statement.segment.has("me")


def _locked_out(statement: Statement) -> Iterator[list[Hit]]:
    for hit in statement.affirmed("locked_out"):
        yield [hit]
    for hit in statement.segment.all("login"):
        negator = statement.negator(hit)
        if negator and not _reaches_a_part(statement, hit):
            yield [hit, negator]
        elif not negator and not _reaches_a_part(statement, hit):
            broken = next(
                (
                    other
                    for other in statement.affirmed("fail", "unstable", "vague_trouble", "error_page", "down")
                    if statement.reading.distance(hit, other) <= 5
                ),
                None,
            )
            if broken and statement.scope is not Scope.UNSAID:
                yield [hit, broken]


def _turned_away(statement: Statement) -> list[Hit]:
    """ "It says wrong password, but I'm sure it's right": who is right about it has not forgotten it."""
    refused = [hit for hit in statement.segment.all("forgot") if statement.reading.words[hit.start] in _WRONG]
    if refused and statement.reading.has("right_password"):
        return refused[:1]
    right = statement.segment.all("right_password")
    sent = statement.affirmed("fail", "unstable", "error_page", "vague_trouble")
    return [right[0], sent[0]] if right and sent else []


def _kept_from_work(statement: Statement) -> list[Hit]:
    """Nobody gets at what the product is there for: "nobody can open a course", "white screens instead of the test"."""
    segment, reading = statement.segment, statement.reading
    if not statement.scope.is_wide or segment.has("intermittent", "minor_part", "fine", "others_ok"):
        return []
    if rest_works(reading) or sibling_works(statement):
        return []
    cores = segment.all("core")
    for core in cores if statement.scope is Scope.EVERYONE else ():
        for hit in segment.all("works", "do", "see", "login"):
            verb = reading.words[hit.start]
            if verb not in _OPENING or reading.distance(hit, core) > _BESIDE:
                continue
            if hit.start >= core.end and reading.language != "de":
                continue
            negator = statement.negator(hit)
            if negator is not None and (negator.cue != "not" or segment.has("nobody", "everyone")):
                return [negator, hit, core]
    blank = statement.affirmed("error_page")
    if (
        blank
        and (_INSTEAD & set(reading.words[segment.start : segment.end]))
        and (cores or segment.has("platform"))
    ):
        return [blank[0], *cores[:1]]
    return []


def _reaches_a_part(statement: Statement, login: Hit) -> bool:
    """ "Access the dashboard" is about the dashboard, "access the platform" about getting in."""
    if (
        statement.reading.words[login.end - 1] not in _REACHING
        and statement.reading.words[login.start] not in _REACHING
    ):
        return False
    part = statement.near(login, "component", "minor_part", most=3)
    if part is None or part.start < login.end:
        return False
    return not any(
        hit.start <= part.end + 1 and hit.start >= login.end for hit in statement.segment.all("platform")
    )


def _dead(statement: Statement) -> Iterator[tuple[list[Hit], float]]:
    segment = statement.segment
    part = _names_a_part(statement)
    platform = segment.all("platform", "everything")
    for hit in statement.affirmed("dead_service"):
        yield [hit], 0.9
        return
    for hit in statement.affirmed("down"):
        if statement.near(hit, "integration", "minor_integration", most=4) and not platform:
            continue
        near = statement.near(hit, "platform", "everything", most=6)
        if not near and _is_of_a_deed(statement, hit):
            continue
        if near or not part or statement.near(hit, "nobody", "everyone", most=4):
            yield [hit, *([near] if near else [])], 0.9 if near else 0.75
            return
    for hit in segment.all("nothing"):
        works = statement.near(hit, "works", "do", most=4)
        if works and works.start >= hit.start and statement.reading.words[works.start] in _AT_ALL:
            yield [hit, works], 0.85
            return
    for hit in segment.all("works", "do"):
        negator = statement.negator(hit)
        if negator is None or statement.reading.words[negator.start] in _BARELY:
            continue
        near = statement.near(hit, "platform", "everything", most=6)
        subject = near is not None and 0 <= min(hit.start, negator.start) - near.end <= 1
        if (subject or ((near or _meant_before(statement)) and not part)) and _is_used(statement, hit):
            yield [hit, negator, *([near] if near else [])], 0.8
            return
        if negator.cue == "nobody" and not near and _is_denied(statement):
            continue  # "It isn't down, but none of us can run one"
        usable = _is_used(statement, hit) or statement.reading.words[hit.start] in _WORKING
        if negator.cue == "nobody" and usable and not segment.has("minor_part") and (not part or near):
            yield [negator, hit], 0.85
            return
    for hit in statement.affirmed("fail", "vague_trouble", "error_page", "blocked"):
        if part:
            continue
        wide = statement.scope.is_wide
        if not wide and any(other.start > hit.start for other in segment.all("do")):
            continue  # "The page hangs on submitting"
        named = [other for other in platform if statement.reading.distance(hit, other) <= 6]
        if (
            (named and hit.cue != "error_page")
            or (wide and hit.cue in ("error_page", "blocked") and not _is_of_a_deed(statement, hit))
            or (statement.scope is Scope.EVERYONE and not _is_of_a_deed(statement, hit))
            or (named and wide)
        ):
            yield [hit, *named[:1]], 0.75
            return
    for hit in statement.affirmed("unstable"):
        if segment.has("nobody") and not part:
            yield [hit], 0.8


def _is_denied(statement: Statement) -> bool:
    """Another sentence or clause says that the service is not down."""
    reading = statement.reading
    return any(
        Statement(reading, other, statement.scope).negator(hit, 2, denies=True)
        for other in reading.segments
        for hit in other.all("down", "dead_service")
    )


def _names_a_part(statement: Statement) -> bool:
    """Something that is less than the whole service; "the page", "the link" may well be all there is."""
    return any(
        not _is_any_page(statement, hit)
        for hit in statement.segment.all("component", "integration", "minor_part", "minor_integration")
    )


def _is_any_page(statement: Statement, hit: Hit) -> bool:
    return all(word in _ANY_PAGE for word in statement.reading.words[hit.start : hit.end])


def _spoke_of_a_part(statement: Statement) -> bool:
    """ "I press export. It fails for everyone": what fails was named in another segment."""
    return any(
        not _is_any_page(statement, hit)
        for other in statement.reading.segments
        for hit in other.all("component", "integration", "minor_part")
    )


def _is_of_a_deed(statement: Statement, fault: Hit) -> bool:
    """ "Each save throws an error": what fails is a thing one does, not the service."""
    begun = statement.reading.words[statement.segment.start : fault.start]
    if statement.reading.language == "en" and any(
        word.endswith("ing") and word not in _NO_DEED for word in begun
    ):
        return True  # "Creating a study ends in an error"
    return any(hit.end <= fault.start for hit in statement.segment.all("do")) or _spoke_of_a_part(statement)


def _meant_before(statement: Statement) -> bool:
    """ "What is it with the website? It's not coming up": the service was named in the sentence before."""
    reading, segment = statement.reading, statement.segment
    if reading.words[segment.start] not in _PRONOUNS:
        return False
    before = [other for other in reading.segments if other.end == segment.start]
    return any(other.has("platform") for other in before)


def _is_used(statement: Statement, hit: Hit) -> bool:
    """ "It does not load" and "we can't use it" say the same of a service."""
    return hit.cue == "works" or statement.reading.words[hit.start] in _USING
