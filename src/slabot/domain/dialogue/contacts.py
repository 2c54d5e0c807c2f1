"""Contacts: the published ways to reach people, and for what is blank where the visitor finds it."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Action, Card, Utterance
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.dialogue.word_lists import words
from slabot.domain.policy import Contact, Level
from slabot.domain.words import tokens

_TOO_COMMON = {"support", "email", "mail", "phone", "chat", "emergency", "bot"}
"""Roles that every question about contacts names; they pick nobody out."""
_BY_PHONE = words(
    """
    phone call ring dial telephone number hotline anrufen telefon telefonnummer nummer llamar llamo
    telefono numero appeler appelle telephoner telephone tel
    """
)
EXPOSED = "data_exposed"


def about_contacts(turn: Turn) -> Utterance:
    """Whom to contact, for the country, role or problem that was named, else everybody who is published."""
    if turn.heard.country is not None and any(contact.phones for contact in turn.contacts):
        return _by_country(turn, turn.heard.country)
    chosen = _meant(turn)
    opening = [turn.say("contacts.intro" if len(chosen) > 1 else "contacts.one")]
    if _is_unresolved_only(chosen):
        opening = [turn.say("contacts.unresolved")]
    lines = [_line(turn, contact) for contact in chosen]
    if not any(contact.phones for contact in turn.contacts) and (
        asks_for_phone(turn) or turn.heard.country is not None
    ):
        lines.append(turn.say("contacts.no_phone"))
    if not turn.support.calendar().is_open(turn.now) and any(contact.calendar for contact in chosen):
        lines.append(turn.say("desk.closed", time=turn.time(turn.support.calendar().next_opening(turn.now))))
    return Utterance("\n".join([*opening, *lines]), Action.CONTACTS, card=contacts_card(turn, chosen))


def urgent(speaker: Speaker, level: Level, signals: frozenset[str] = frozenset()) -> str:
    """The sentence every offer and confirmation of this level ends with; empty where the policy names nobody."""
    chosen = for_level(speaker, level, signals)
    if not chosen:
        return ""
    return speaker.say(
        "contacts.urgent",
        severity=speaker.level_name(level),
        contacts="; ".join(reach(speaker, each) for each in chosen),
    )


def for_level(speaker: Speaker, level: Level, signals: frozenset[str] = frozenset()) -> list[Contact]:
    """The contacts of a level, and where data of other people is visible the published privacy contact."""
    chosen = [speaker.contact(key) for key in level.contact_keys]
    told = (speaker.conversation.assessed or {}).get("signals", ())
    if EXPOSED in signals or (speaker.conversation.open_ticket is not None and EXPOSED in told):
        chosen += [each for each in speaker.contacts if "privacy" in each.roles and each not in chosen]
    return chosen


def reach(speaker: Speaker, contact: Contact) -> str:
    """`Emergency support, 1300 529 909`; without any channel where to find it."""
    ways = _ways(speaker, contact)
    if contact.person:
        ways = [contact.person, *ways]
    name = speakable(speaker, contact)
    if not channels(contact):
        return f"{name} ({_unset(speaker, contact).rstrip('.')})"
    return f"{name}, {', '.join(ways)}"


def speakable(speaker: Speaker, contact: Contact) -> str:
    """The contact's name in the visitor's language, where the workspace gives one."""
    return speaker.voice.policy_words(f"contact.{contact.key}", speaker.language, contact.name)


def channels(contact: Contact) -> list[str]:
    """Addresses and numbers exactly as published."""
    return [each for each in (contact.email, contact.url, *contact.phones.values()) if each]


def none_published(speaker: Speaker) -> str:
    """What to tell where the policy publishes no way to reach anybody but this chat; empty where it does."""
    if any(channels(contact) for contact in speaker.contacts):
        return ""
    return speaker.say("contacts.none_published")


def country_name(speaker: Speaker, code: str) -> str:
    """The country as the visitor calls it; an unknown one by its code, no certain one as theirs."""
    if not code:
        return speaker.say("contacts.elsewhere")
    return speaker.voice.policy_words(f"country.{code}", speaker.language, code)


def _ways(speaker: Speaker, contact: Contact) -> list[str]:
    """The channels as they are said: several numbers each with its country."""
    if len(contact.phones) < 2:
        return channels(contact)
    numbers = [
        f"{country_name(speaker, country)} {number}" if country else number
        for country, number in contact.phones.items()
    ]
    return [each for each in (contact.email, contact.url, *numbers) if each]


def contacts_card(speaker: Speaker, chosen: Sequence[Contact]) -> Card:
    """What the widget draws."""
    return Card(
        "contacts",
        {
            "contacts": [
                {
                    "name": contact.name,
                    "person": contact.person,
                    "phones": [
                        {"country": country, "number": number} for country, number in contact.phones.items()
                    ],
                    "email": contact.email,
                    "hours": contact.hours_words,
                    "when": contact.when,
                    "unset": _unset(speaker, contact),
                    "open": speaker.support.calendar(contact.calendar).is_open(speaker.now)
                    if contact.calendar
                    else None,
                }
                for contact in chosen
            ]
        },
    )


def _meant(turn: Turn) -> list[Contact]:
    spoken = f" {' '.join(tokens(turn.heard.text))} "
    by_role = [
        contact
        for contact in turn.contacts
        if any(
            f" {' '.join(tokens(role))} " in spoken
            for role in contact.roles
            if not set(tokens(role)) <= _TOO_COMMON
        )
    ]
    if Intent.PRIVACY in turn.heard:
        by_role += [each for each in turn.contacts if "privacy" in each.roles and each not in by_role]
    if Intent.FEEDBACK in turn.heard:
        by_role += [each for each in turn.contacts if "feedback" in each.roles and each not in by_role]
    if by_role:
        return by_role
    named = [turn.policy.level(key) for key in turn.heard.levels]
    if turn.is_incident and turn.assessment.severity:
        named.append(turn.policy.level(turn.assessment.severity))
    elif not named and turn.level_before is not None:
        named.append(turn.policy.level(turn.level_before))
    first = [contact for level in named for contact in for_level(turn, level, turn.assessment.signals)]
    rest = [each for each in turn.contacts if not each.only_after_unresolved]
    rest.sort(
        key=lambda contact: (
            not (contact.phones and asks_for_phone(turn)),
            not channels(contact),
            contact.hours_words == "n/a",
        )
    )
    return _unique((*first, *rest))


def _unique(contacts: Sequence[Contact]) -> list[Contact]:
    return list({contact.key: contact for contact in contacts}.values())


def _is_unresolved_only(chosen: Sequence[Contact]) -> bool:
    return bool(chosen) and all(contact.only_after_unresolved for contact in chosen)


def _line(turn: Turn, contact: Contact) -> str:
    ways = _ways(turn, contact)
    name = speakable(turn, contact)
    title = f"{name[:1].upper()}{name[1:]}{f' ({contact.person})' if contact.person else ''}"
    facts = [", ".join(ways)] if ways else []
    facts += [contact.hours_words] if contact.hours_words and contact.hours_words != "n/a" else []
    facts += [turn.say("contacts.for", when=turn.quoted(contact.when))] if contact.when else []
    sentences = ["; ".join(facts).rstrip(".") + "." if facts else "", _unset(turn, contact)]
    return f"• {title}: {' '.join(part for part in sentences if part)}"


def _unset(speaker: Speaker, contact: Contact) -> str:
    return speaker.voice.policy_words(f"unset.{contact.key}", speaker.language, contact.unset_wording)


def asks_for_phone(turn: Turn) -> bool:
    """Whether the message speaks of calling."""
    return bool(set(tokens(turn.heard.text)) & _BY_PHONE)


def _by_country(turn: Turn, country: str) -> Utterance:
    able = [contact for contact in turn.contacts if contact.phones and not contact.only_after_unresolved]
    with_countries = [contact for contact in able if any(contact.phones)]
    for contact in with_countries:
        if country in contact.phones:
            text = turn.say(
                "contacts.country",
                name=speakable(turn, contact),
                number=contact.phones[country],
                country=country_name(turn, country),
            )
            return Utterance(text, Action.CONTACTS, card=contacts_card(turn, [contact]))
    shown = with_countries or able
    opening = turn.say("contacts.other_country", country=country_name(turn, country))
    text = "\n".join([opening, *(_line(turn, contact) for contact in shown)])
    return Utterance(text, Action.CONTACTS, card=contacts_card(turn, shown))
