"""Answers from articles: straight away above the confidence, a question between, a person below."""

from __future__ import annotations

from dataclasses import replace

from slabot.domain.answers import Candidate, Verdict
from slabot.domain.dialogue.handoff import claimed, offer
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Action, Asking, Card, Choice, Plan, Utterance
from slabot.domain.dialogue.speech import day_name, repeatable
from slabot.domain.dialogue.turn import Turn
from slabot.domain.words import tokens

LIKELY = 0.2
"""A candidate below this is not worth showing after the first one did not help."""
CLOSE = 0.5
"""An article that fits half as well as the one that answers is worth naming below it."""
_FURTHER = 2
_LATELY = 2
"""Utterances of the bot back to which an answer still stands there."""
_DISPLEASED = (Intent.NO, Intent.ABUSE, Intent.FEEDBACK, Intent.BACK_AGAIN)


def about_question(turn: Turn) -> Plan:
    """A question for the knowledge base."""
    found = turn.found
    if found.verdict is Verdict.ANSWER and found.best is not None:
        if _was_just_given(turn, found.best):
            # More was asked, or something told; that it did not help is only said to whom says so.
            opening = (
                turn.say("helped.no")
                if turn.wants(*_DISPLEASED)
                else turn.say("answer.no_more", title=found.best.title)
            )
            return Plan((offer(turn, turn.question_level, opening),), assessment=turn.assessment)
        said = answer(turn, found.best, found.candidates[1:])
        kindly = claimed(turn, turn.question_level)
        said = replace(said, text=f"{kindly}\n{said.text}") if kindly else said
        return Plan((said,), assessment=turn.assessment)
    if found.verdict is Verdict.ASK and found.candidates:
        return Plan((clarify(turn, found.candidates),), assessment=turn.assessment)
    return Plan((nothing(turn),), assessment=turn.assessment)


def _was_just_given(turn: Turn, best: Candidate) -> bool:
    """The answer that stands there already, found again only by the words before: "that's rubbish"."""
    lately = [said for said in turn.conversation.said if said.role == "bot"][-_LATELY:]
    if not any(said.article == best.slug and said.action == Action.ANSWER for said in lately):
        return False
    return turn.search(turn.policy.workspace, turn.heard.text, ()).verdict is not Verdict.ANSWER


def answer(turn: Turn, best: Candidate, others: tuple[Candidate, ...] = ()) -> Utterance:
    """The passage that answers, with the article it is from."""
    asks = {
        "kind": Asking.HELPED.value,
        "article": best.slug,
        "others": [{"slug": other.slug, "title": other.title} for other in others if other.score >= LIKELY],
    }
    choices = (
        Choice(turn.say("choice.helped"), turn.say("choice.yes")),
        Choice(turn.say("choice.not_helped"), turn.say("choice.no")),
    )
    further = [{"slug": other.slug, "title": other.title} for other in others if other.closeness >= CLOSE]
    data = {
        "slug": best.slug,
        "title": best.title,
        "html": best.passage.html,
        "further": further[:_FURTHER],
    }
    text = f"{passage(turn, best)}\n{turn.say('answer.helped')}"
    return Utterance(text, Action.ANSWER, best.slug, Card("article", data), choices, asks)


def passage(turn: Turn, best: Candidate) -> str:
    """The words of the article and its title; another language than the visitor's and a passed review date are said."""
    parts = [best.passage.text, turn.say("answer.cite", title=best.title)]
    if best.language != turn.language:
        parts.append(turn.say(f"answer.is_in.{best.language}"))
    if best.review_by is not None and best.review_by < turn.now.date():
        reviewed = day_name(best.review_by, turn.language, turn.now.year)
        parts.append(turn.say("answer.stale", day=reviewed))
    return "\n".join(parts)


def clarify(turn: Turn, candidates: tuple[Candidate, ...]) -> Utterance:
    """Names the candidates, and a person as the way out."""
    asks = {
        "kind": Asking.WHICH_ARTICLE.value,
        "candidates": [{"slug": each.slug, "title": each.title} for each in candidates],
    }
    titles = "\n".join(f"{number}. {each.title}" for number, each in enumerate(candidates, start=1))
    none = turn.say("choice.none")
    choices = (*(Choice(each.title, each.title) for each in candidates), Choice(none, none))
    return Utterance(f"{turn.say('clarify')}\n{titles}", Action.CLARIFY, choices=choices, asks=asks)


def nothing(turn: Turn) -> Utterance:
    """What was searched for, and a person with the deadline."""
    spoken = set(tokens(turn.heard.text))
    terms = ", ".join([term for term in turn.found.searched_for if repeatable(term) and term in spoken][:6])
    opening = turn.say("nothing.searched", terms=terms) if terms else turn.say("nothing.found")
    if turn.conversation.open_ticket is not None and "?" not in turn.text:
        opening = ""  # something told, not asked: whoever takes the ticket reads it
    level = turn.level if turn.is_incident else turn.question_level
    return offer(turn, level, f"{opening} {claimed(turn, level)}".strip())


def next_candidate(turn: Turn, slug: str) -> Plan | None:
    """The article of this slug for what was asked before; None if it does not come up any more."""
    for asked in reversed(turn.conversation.visitor_turns):
        found = turn.search(turn.policy.workspace, asked, ())
        best = next((each for each in found.candidates if each.slug == slug), None)
        if best is not None:
            rest = tuple(
                each
                for each in found.candidates
                if each.slug not in (slug, *turn.conversation.shown_articles)
            )
            return Plan((answer(turn, best, rest),))
    return None


def pick(turn: Turn, slug: str, title: str) -> Plan:
    """The article the visitor chose from the candidates."""
    chosen = next_candidate(turn, slug)
    if chosen is not None:
        return chosen
    found = turn.search(turn.policy.workspace, title, ())
    best = next((each for each in found.candidates if each.slug == slug), None)
    if best is not None:
        return Plan((answer(turn, best),))
    return Plan((replace(nothing(turn), article=None),))
