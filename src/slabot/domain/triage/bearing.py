"""What a message is about where troubles are told in it and none is reported: thanks, a fright, another's product."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.triage.assessment import Kind
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.mood import Mood
from slabot.domain.triage.reading import Reading, Sentence
from slabot.domain.triage.statement import Trouble
from slabot.domain.triage.wants import Want
from slabot.domain.words import is_small

_SURE = 0.9
_DENIES = word_set(
    "no not zero none nothing without never keine kein keinen keinerlei ohne nichts sin ningun ninguna nada ni no"
    " pas aucun aucune sans rien"
)
_ILLS = word_set(
    "bug bugs crash crashes error errors fault faults issue issues problem problems outage outages glitch glitches"
    " complaint complaints trouble troubles failure failures hiccup hiccups downtime broken wrong missing lost slow"
    " fehler absturz absturze ausfall ausfalle problem probleme storung storungen klagen beschwerden kaputt"
    " fallo fallos error errores problema problemas caida caidas queja quejas roto averia averias incidencia"
    " incidencias bogue bogues panne pannes erreur erreurs probleme problemes plainte plaintes souci soucis casse"
)
_AS_A_LINK = word_set(
    "to into from unlike than like since for of zu nach von aus als fur anders hacia desde de que vers depuis pour du"
)
"""Before another's product these tell of ours beside it: "unlike our last vendor", "imported from our old tool"."""
_ARE = word_set("is are isnt arent ist sind es esta estan est sont rejects refuses")
_YOU = word_set(
    "you your yours u ihr ihnen euch euer eure sie ihre ihrer tu te vosotros ustedes usted vuestra vuestro su vous votre"
    " vos habeis haceis teneis podeis hacen tienen"
)
_YOURS = word_set("your yours youre you euer eure eurem ihrem vuestra vuestro votre vos")
_SELLERS = word_set(
    "vendor vendors supplier provider anbieter anbieters hersteller herstellers proveedor fournisseur prestataire editeur"
    " job employer school college university company firm"
)
_DEMANDS = word_set(
    "want wants wanted wish wishes demand demands demanded request requests requested ask asks asked invoke invokes"
    " invoked right please require requires verlangt verlange verlangen mochte mochten will wollen fordert fordere"
    " recht bitte bittet quiero quiere quieren pide piden exige exigen exijo derecho solicita solicito solicitan veux"
    " veut veulent demande demandent exige exigent droit souhaite souhaitent"
)
_DELETED = word_set(
    "deleted erased removed wiped erase delete erasure deletion geloscht loschen loschung entfernt borrado borrada"
    " borrados borradas borrar borren eliminado eliminada eliminados eliminadas eliminar eliminen supresion efface"
    " effacee effaces effacees effacer supprime supprimee supprimes supprimees supprimer suppression effacement"
    " borre eliminen elimine eliminados suprima supriman efface supprimiez effaciez"
)
_WAS = word_set(
    "was were are is got been wurden wurde worden fueron fue han ha ont a ete why warum porque pourquoi"
)
_OWN = word_set(
    "my mine her his their personal mein meine meinen meiner seine seiner seinen ihre ihrer ihren personlichen"
    " personliche mi mis su sus personales mon ma mes son sa ses leur leurs personnelles"
)
_OF_A_PERSON = word_set(
    "data record records video videos recording recordings information info details profile history answers responses"
    " everything face faces footage daten aufnahme aufnahmen video profil antworten angaben datos grabacion grabaciones"
    " respuestas registros informacion donnees enregistrement enregistrements reponses informations"
    " account konto cuenta compte perfil profil"
)
_NOT_OF_A_WISH = frozenset(
    {"data_exposed", "security", "service_down", "cannot_log_in", "integration_stopped"}
)
_FAR = 9
_FEWEST_LEFT = 3
_BECAUSE = word_set("because since weil porque parce car")


def told_not_reported(reading: Reading, mood: Mood, live: Sequence[Trouble]) -> Want | None:
    """What the message wants although troubles are told in it; None where they are reported."""
    return (
        _only_thanks(reading)
        or _nothing_happened(reading, mood, live)
        or _their_connection(reading, mood)
        or _deletion(reading, live)
        or _only_a_fright(reading, live)
        or _a_case(reading, mood, live)
        or _anothers(reading, live)
    )


def _only_thanks(reading: Reading) -> Want | None:
    """ "No bugs, no crashes, nothing broken, just wanted to say thank you": each clause denies a trouble or thanks."""
    grateful = [hit for hit in reading.hits if hit.cue in ("thanking", "praise", "smalltalk")]
    if not grateful:
        return None
    undone = [hit for hit in reading.hits if hit.cue == "none_of_that"]
    if undone and reading.sentences[-1].end > undone[0].start:
        told = all(hit.cue not in ("not", "cannot") or hit.start < undone[0].end for hit in reading.hits)
        return Want(Kind.SMALLTALK, "", (grateful[-1],), _SURE) if told else None
    denied = 0
    for start, end in _clauses(reading):
        words = reading.words[start:end]
        if any(
            word in _DENIES and not _ILLS.isdisjoint(words[at + 1 : at + 4]) for at, word in enumerate(words)
        ):
            denied += 1
        elif not any(start <= hit.start < end for hit in grateful) and not all(map(is_small, words)):
            return None
    thanking = [hit for hit in grateful if hit.cue == "thanking"]
    return Want(Kind.SMALLTALK, "", (thanking[0],), _SURE) if denied and thanking else None


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    cuts = [at for at in range(len(reading.words)) if at == 0 or reading.stops[at]]
    return list(zip(cuts, [*cuts[1:], len(reading.words)], strict=True))


def _nothing_happened(reading: Reading, mood: Mood, live: Sequence[Trouble]) -> Want | None:
    """ "I'm not reporting a leak, I only want to know how long you keep it": what is told in denying it is none."""
    denied = [hit for hit in reading.hits if hit.cue == "no_report"]
    private = [hit for hit in reading.hits if hit.cue == "privacy"]
    if not denied or not (private or mood.asking) or reading.has("surprise", "why"):
        return None
    if not all(any(hit in trouble.segment.hits for hit in denied) for trouble in live):
        return None
    kind = Kind.PRIVACY if private else Kind.QUESTION
    return Want(kind, "", tuple(private or denied), _SURE)


def _their_connection(reading: Reading, mood: Mood) -> Want | None:
    """ "Nobody gets in: the wifi is out, your site is fine on my phone": both are said, theirs down and ours well."""
    if not any(_is_well(reading, hit) for hit in reading.hits if hit.cue in ("ours", "platform")):
        return None
    for theirs in (hit for hit in reading.hits if hit.cue in ("utility", "third")):
        out = [hit for hit in reading.hits if hit.cue in _OUT and _stand_together(theirs, hit)]
        gone = theirs.start > 0 and reading.words[theirs.start - 1] in _NO_MORE
        if gone or (out and not mood.thought[out[0].start]):
            return Want(Kind.OUT_OF_SCOPE, "third_party", (theirs,), _SURE)
    return None


def _stand_together(theirs: Hit, out: Hit) -> bool:
    return theirs.end <= out.start <= theirs.end + 4 or theirs.start - 3 <= out.end <= theirs.start


_NO_MORE = word_set("no kein keine keinen sin plus pas without ohne sans")
_OUT = ("down", "lost", "missing", "fail", "vague_trouble", "unstable", "dead_service", "slow", "not")


def _is_well(reading: Reading, ours: Hit) -> bool:
    """Its clause goes on to say that it works, and denies nothing."""
    end = next((at for at in range(ours.end, len(reading.words)) if reading.stops[at]), len(reading.words))
    told = [hit for hit in reading.hits if ours.end <= hit.start < end]
    works = any(
        hit.cue in ("fine", "recovered")
        or (hit.cue in ("works", "login") and not _FINE.isdisjoint(reading.words[hit.end : hit.end + 2]))
        for hit in told
    )
    return works and not any(hit.cue in ("not", "cannot", "nobody", "fail", "down") for hit in told)


_FINE = word_set(
    "fine ok okay well good normally perfectly gut normal einwandfrei bien perfectamente normalement alles perfecto super"
    " tres sehr direkt when on from auf desde sur"
)


def _deletion(reading: Reading, live: Sequence[Trouble]) -> Want | None:
    """ "I want my video deleted", "she invoked her right to have her records erased": a wish, and nothing is lost."""
    if any(not _NOT_OF_A_WISH.isdisjoint(trouble.signals) for trouble in live):
        return None
    words = reading.words
    for at in range(len(words)):
        near = words[max(0, at - _FAR) : at + 4]
        if (
            _is_demanded(reading, at)
            and not _OWN.isdisjoint(near)
            and not _OF_A_PERSON.isdisjoint(near)
            and not {"not", "by"} & set(near)
        ):
            return Want(Kind.PRIVACY, "", (Hit("privacy", at, at + 1),), _SURE)
    return None


def is_wished_away(reading: Reading, trouble: Trouble) -> bool:
    """ "We want the old course deleted" tells of no loss."""
    if trouble.signal == "data_exposed" and reading.has("privacy") and not reading.has("surprise", "why"):
        return not _DEMANDS.isdisjoint(reading.words[max(0, trouble.start - 3) : trouble.start])
    return trouble.signal == "data_lost" and any(
        _is_demanded(reading, at) for at in range(trouble.start, trouble.end)
    )


def _is_demanded(reading: Reading, at: int) -> bool:
    """Word `at` says that something be deleted, and one before it says that this is wanted."""
    words = reading.words
    if words[at] not in _DELETED or not _WAS.isdisjoint(words[max(0, at - 2) : at]):
        return False
    return not _DEMANDS.isdisjoint(words[max(0, at - _FAR) : at])


def _only_a_fright(reading: Reading, live: Sequence[Trouble]) -> Want | None:
    """ "Thought we'd lost it, turns out it was in the archive": what was feared, how it was, and no more of it after."""
    signs = [hit for hit in reading.hits if hit.cue in ("fright", "turn", "closing")]
    if len({hit.cue for hit in signs}) < 2 or any(sentence.asks for sentence in reading.sentences):
        return None
    turned = min((hit.start for hit in signs if hit.cue != "fright"), default=0)
    since = max([turned, *(hit.end for hit in signs if hit.cue == "fright")])
    closings = [hit for hit in signs if hit.cue == "closing"]
    if any(trouble.start >= since and not _is_denied_in(trouble, signs, closings) for trouble in live):
        return None
    if any(hit.cue in ("still", "cannot") and hit.start > turned for hit in reading.hits):
        return None
    return Want(Kind.RESOLVED, "", tuple(signs), _SURE)


def _is_denied_in(trouble: Trouble, signs: Sequence[Hit], closings: Sequence[Hit]) -> bool:
    """It rests on nothing but these words, or on "nothing is missing" itself."""
    said = {at for hit in signs for at in range(hit.start, hit.end)}
    if said.issuperset(range(trouble.start, trouble.end)):
        return True
    return any(
        trouble.start < hit.start and trouble.end <= hit.end for hit in closings if hit.start < trouble.end
    )


def _a_case(reading: Reading, mood: Mood, live: Sequence[Trouble]) -> Want | None:
    """ "If the service went down, would I write here? I'm writing our guide": a case that is planned for."""
    plans = [hit for hit in reading.hits if hit.cue == "planning"]
    if not plans or live or reading.has("privacy") or not (mood.hypothetical or mood.asking):
        return None
    return Want(Kind.QUESTION, "hypothetical", (plans[0],), _SURE)


def _anothers(reading: Reading, live: Sequence[Trouble]) -> Want | None:
    """ "Another vendor lost our data, do you make backups?": what happened there is no incident here."""
    named = [hit for hit in reading.hits if hit.cue == "foreign" and not _is_linked(reading, hit)]
    if not named:
        return None
    for trouble in live:
        sentence = reading.sentences[trouble.segment.sentence]
        if sentence.asks and sentence.start > named[0].end and not reading.has("surprise", "why"):
            continue
        if not any(_tells_of(reading, sentence, hit, trouble) for hit in named):
            return None
    if _asks_us(reading, named[0]) and not _goes_on(reading, named):
        return Want(Kind.QUESTION, "", (named[0],), _SURE)
    sold = any(not _SELLERS.isdisjoint(reading.words[hit.start : hit.end]) for hit in named)
    return Want(Kind.OUT_OF_SCOPE, "third_party", (named[0],), _SURE) if live and sold else None


def _asks_us(reading: Reading, foreign: Hit) -> bool:
    """Something about ours is asked after it: "do you make backups?", "what should we set beforehand"."""
    return any(
        sentence.asks and sentence.end > foreign.end and not _YOU.isdisjoint(reading.words[foreign.end :])
        for sentence in reading.sentences
    ) or any(hit.cue == "howto" and hit.start > foreign.end for hit in reading.hits)


def _goes_on(reading: Reading, named: Sequence[Hit]) -> bool:
    """It is told of now, not of then."""
    return any(not _ARE.isdisjoint(reading.words[hit.end : hit.end + 4]) for hit in named)


def _is_linked(reading: Reading, hit: Hit) -> bool:
    return not _AS_A_LINK.isdisjoint(reading.words[max(0, hit.start - 2) : hit.start])


def _tells_of(reading: Reading, sentence: Sentence, foreign: Hit, trouble: Trouble) -> bool:
    """Both in one sentence, and nothing of ours in it; nobody of that vendor looks into our data."""
    if not sentence.start <= foreign.start < sentence.end:
        return False
    told = reading.words[sentence.start : max(foreign.end, trouble.end)]
    if not _YOURS.isdisjoint(told):
        return False
    return "data_exposed" not in trouble.signals or any(each.asks for each in reading.sentences)


def undramatic(reading: Reading) -> str | None:
    """The text without its shouting ("STOP EVERYTHING. The favicon is old."); None where there is none, or nothing else."""
    loud = [hit for hit in reading.hits if hit.cue == "drama"]
    if not loud:
        return None
    kept = [
        reading.quote(start, end) + ("?" if reading.text[reading.places[end - 1].end :][:1] == "?" else ".")
        for start, end in _told_apart(reading)
        if not any(start <= hit.start < end for hit in loud)
    ]
    if sum(len(each.split()) for each in kept) < _FEWEST_LEFT:
        return None
    return " ".join(kept)


def _told_apart(reading: Reading) -> list[tuple[int, int]]:
    """Clauses, and what "because" gives as a ground of its own."""
    cuts = [
        at
        for at in range(len(reading.words))
        if at == 0 or reading.stops[at] or (reading.words[at] in _BECAUSE)
    ]
    return list(zip(cuts, [*cuts[1:], len(reading.words)], strict=True))
