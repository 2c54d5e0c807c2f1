"""Which article tells each numbered fact of the four support documents, or what computes it instead.

The numbers are those of the fact lists that the articles were written from, one list a workspace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answer = Literal["hours", "contacts", "deadline", "scope"]


@dataclass(frozen=True, slots=True)
class Told:
    """An article says it, in words that its passages must hold."""

    slug: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """The bot works it out from policy and timeline when asked, so no article holds it."""

    answer: Answer
    what: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Nothing to tell a visitor: the document is silent, or it is furniture of the page."""

    why: str


Where = Told | Computed | Aside


def told(slug: str, *words: str) -> Told:
    return Told(slug, words)


HUMAN_ESOURCES: dict[int, tuple[Where, ...]] = {
    1: (told("service-level-agreement", "post-secondary clients"),),
    2: (told("people-first", '"People First"'),),
    3: (
        told("service-level-agreement", "what you can expect from us and what you, the client, should do"),
        told("client-responsibilities", "what you, the client, should do"),
    ),
    4: (told("customer-success-and-customercare", "primary point of contact", "full range"),),
    5: (told("account-setup", "set-up form", "account manager", "student cohort"),),
    6: (told("onboarding-checklist", "roadmap to prepare for the first day of class", "first week"),),
    7: (
        told("client-responsibilities", "three critical action items"),
        told("show-support-contact-to-students", "syllabus", "course announcements"),
        told("browsers-and-system-requirements", "Make your students aware of the system requirements"),
        told("onboarding-checklist", "review the On-Boarding Checklist"),
    ),
    8: (told("browsers-and-system-requirements", "80%", '"Trouble using our products? Start here."'),),
    9: (told("lms-single-sign-on", "single sign-on", "SSO", "without ever leaving your LMS", "grading"),),
    10: (told("lms-integration-time", "a week up to a month", "estimate", "IT department", "cooperation"),),
    11: (
        told("lms-display-limits", "dictated by your LMS", "during training"),
        told("lms-customization", "grade upload", "triage"),
    ),
    12: (told("lms-visibility", "no visibility into your LMS", "student names and their work progress"),),
    13: (
        told("lms-problems", "cannot provide support for LMS-related issues", "Help Desk"),
        told("customer-success-and-customercare", "primary responsibility", "function properly"),
        Computed("scope", "trouble with the LMS itself is declined kindly, trouble with a program is not"),
    ),
    14: (
        told("where-to-find-the-chat", "email and live chat"),
        Computed("contacts", "the address is blank in the document, so it is unset"),
    ),
    15: (
        told("where-to-find-the-chat", "help widget in the bottom right"),
        Computed("hours", "open now, next opening, federal holidays"),
    ),
    16: (
        told("how-requests-are-prioritized", "related to technical support", "general questions"),
        Computed("deadline", "four and eight hours, by severity"),
    ),
    17: (told("how-requests-are-prioritized", "within a couple of hours", "typical"),),
    18: (told("how-requests-are-prioritized", "no time for a fix"),),
    19: (told("support-portal-and-knowledge-base", "searchable", "90%"),),
    20: (told("support-portal-and-knowledge-base", "bottom of any page"),),
    21: (told("privacy-and-security", "stringent", "only collect information"),),
    22: (told("compliance-documentation", "Contact CustomerCare"),),
    23: (Aside("absence: neither an escalation contact nor a telephone is published"),),
}

ELEMENT_HUMAN: dict[int, tuple[Where, ...]] = {
    1: (told("support-services-policy", "prompt, professional and courteous"),),
    2: (told("support-services-policy", "live chat sessions", "at all times"),),
    3: (
        told("service-standards", "polite, professional and courteous", "keep striving"),
        told("feedback", "promptly and effectively"),
    ),
    4: (told("service-standards", "waiting unnecessarily", "follow up", "speak negatively", "dishonest"),),
    5: (told("response-targets", "all commercially reasonable efforts"),),
    6: (
        told("priority-4-cosmetic", "future software release", "support@elementhuman.com", "non-disabling"),
        Computed("deadline", "the response target; the resolution stays in words"),
    ),
    7: (
        told("priority-3-minor", "non-essential features", "support@elementhuman.com"),
        Computed("deadline", "response and resolution targets"),
    ),
    8: (
        told("priority-2-major", "severely degraded", "work cannot reasonably continue", "account manager"),
        Computed("deadline", "response and resolution targets, as published"),
    ),
    9: (
        told("priority-1-critical", "down and inaccessible", "by email or telephone", "continuous effort"),
        told("how-to-report-an-issue", "by email or telephone only"),
        Computed("deadline", "response and resolution targets, provisional until formally reported"),
    ),
    10: (told("platform-learning-center", "Platform Learning Center", "without support hours"),),
    11: (told("elliebot", "top right corner", "24 hours a day, 7 days a week"),),
    12: (
        Computed("contacts", "the support address with its hours"),
        Computed("deadline", "the request type general"),
    ),
    13: (Computed("contacts", "the address of Service Delivery with its hours"),),
    14: (
        told("account-manager-or-customer-success-manager", "two roles", "by email"),
        Computed("deadline", "the request type csm"),
    ),
    15: (Computed("contacts", "the privacy address, given for every privacy request"),),
    16: (told("policy-changes", "from time to time"),),
    17: (Aside("page furniture: comments and the sign-in line"),),
    18: (
        told("account-manager-or-customer-success-manager", "no address or number"),
        Aside("absence: no days of the week, holidays or escalation path are published"),
    ),
}

PROSPER_EX: dict[int, tuple[Where, ...]] = {
    1: (Aside("page furniture: a teaser and leftovers of the layout"),),
    2: (told("contracts-and-legal-questions", "contractual agreements, terms of service", "customers"),),
    3: (
        told("platform-overview", "employee engagement", "1-1s", "praise and recognition"),
        told("communication-tools", "direct and anonymous"),
    ),
    4: (
        told(
            "key-features",
            "management reporting dashboard",
            "performance dashboard",
            "Job chats",
            "Kudos and recognition",
            "prebuilt surveys",
        ),
    ),
    5: (told("uptime", "99.95%", "24 hours a day, 7 days a week", "over which period"),),
    6: (told("maintenance", "outside 9:00 am to 5:00 pm", "AEST", "24 hours in advance"),),
    7: (
        told("customer-success-manager", "during onboarding"),
        Computed("contacts", "support and CSM, with where to find what is redacted in the document"),
    ),
    8: (Computed("deadline", "the request type general"),),
    9: (Computed("hours", "weekdays, Australian public holidays excluded"),),
    10: (told("tier-1-critical", "1300 529 909", "does not say whether"),),
    11: (
        told("tier-1-critical", "inability to log in", "data loss or corruption", "exposed", "breach"),
        Computed("deadline", "response and resolution targets"),
    ),
    12: (told("support-tiers", "meets the requirements of that category"),),
    13: (
        told("tier-2-major", "frequent crashes", "subset of users", "intermittent", "synchronization"),
        Computed("deadline", "response and resolution targets"),
    ),
    14: (
        told("tier-3-minor", "cosmetic glitches", "general questions", "Customer Success Manager"),
        Computed("deadline", "response and resolution targets"),
    ),
    15: (told("logging-an-issue", "automated notification confirms", "within 24 hours"),),
    16: (told("logging-an-issue", "1 to 3 business days", "Customer Success Manager"),),
    17: (
        told("escalating-an-issue", "remains unresolved", "Ken", "+61 1300 529 909"),
        Computed("contacts", "the escalation contact"),
    ),
    18: (told("escalating-an-issue", "is respected"),),
    19: (told("resolution-process", "acknowledged within 24 hours"),),
    20: (told("resolution-process", "1 to 7 business days"),),
    21: (told("knowledge-hub", "left-hand side", "user guides", "case studies"),),
    22: (told("faqs-and-video-tutorials", "announced for December 2023, in V2.2", "cannot be confirmed"),),
    23: (
        told("onboarding-time", "around four weeks", "complexity", "go-live"),
        told("onboarding-steps", "emails you to arrange"),
    ),
    24: (
        told(
            "first-onboarding-meeting",
            "30-60 minutes",
            "CSV file",
            "key contacts",
            "branding",
            "company values",
            "integration",
            "bespoke access",
            "dates",
        ),
    ),
    25: (told("onboarding-steps", "confirmations", "calendar invitations", "walkthroughs"),),
    26: (told("onboarding-steps", "dedicated Customer Success Manager"),),
    27: (
        told("customer-success-manager", "every customer"),
        told("csm-check-ins", "30-minute", "monthly or quarterly"),
    ),
    28: (told("csm-check-ins", "Tier 3 issues"), told("customer-success-manager", "Tier 3 issues")),
    29: (told("platform-changes", "might entail charges", "none can be quoted"),),
    30: (told("bespoke-development", "$500 per day", "does not state the currency"),),
    31: (
        told("bespoke-development", "within 7 business days", "not when the work is delivered"),
        Computed("deadline", "the request type bespoke"),
    ),
    32: (told("feedback", "Customer Success Manager"),),
    33: (Computed("contacts", "the telephone numbers, by country"),),
    34: (told("customer-success-manager", "Account manager", "customer support manager"),),
    35: (
        told("escalating-an-issue", "Chief Operating Officer"),
        Computed("contacts", "the emergency contact"),
    ),
    36: (Aside("absence: no privacy contact is published"),),
}

VELSOFT: dict[int, tuple[Where, ...]] = {
    1: (told("support-partner", "premier system provider"),),
    2: (Computed("hours", "weekly hours by the time of Halifax"),),
    3: (told("what-to-send-when-you-report", "document or record", "visual examples"),),
    4: (
        told("how-to-report-an-issue", "support@velsoft.com", "prints no number"),
        Computed("contacts", "the support address; the telephone is unset"),
    ),
    5: (told("case-number", "case number is created"),),
    6: (told("who-handles-your-case", "automatically assigned", "prioritized"),),
    7: (told("who-handles-your-case", "gets in touch", "priority level"),),
    8: (told("troubleshooting-session", "telephone, Skype, Join.me or GoToMeeting", "unfamiliar"),),
    9: (
        told(
            "further-investigation",
            "other departments",
            "your own IT team",
            "Internal technology and connectivity lie behind many issues",
        ),
    ),
    10: (told("tracking-and-account-managers", "tracked", "CRM", "account managers"),),
    11: (told("resolution-and-closing", "usually by email", "closed as resolved", "future reference"),),
    12: (
        told("support-levels", "two levels"),
        told("low-priority", "No support request is treated as Low", "Medium Priority"),
    ),
    13: (told("acknowledgment", "2-hour", "immediately on connection"),),
    14: (told("why-requests-are-logged", "judgment", "logged and registered formally", "audit trails"),),
    15: (Computed("deadline", "acknowledgement, response and resolution of High"),),
    16: (Computed("deadline", "acknowledgement, response and resolution of Medium"),),
    17: (Computed("hours", "the sentence on alternative arrangements, with every question about a holiday"),),
    18: (
        told("high-priority", "prevents normal wide functional use", "interrupts"),
        told("medium-priority", "certain aspects", "accelerate and assist"),
    ),
    19: (Aside("absence: neither an escalation contact nor a privacy contact is published"),),
}

FACTS: dict[str, dict[int, tuple[Where, ...]]] = {
    "human-esources": HUMAN_ESOURCES,
    "element-human": ELEMENT_HUMAN,
    "prosper-ex": PROSPER_EX,
    "velsoft": VELSOFT,
}

HOW_MANY = {"human-esources": 23, "element-human": 18, "prosper-ex": 36, "velsoft": 19}
