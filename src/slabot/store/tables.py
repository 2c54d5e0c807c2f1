"""The tables, as SQLAlchemy Core knows them; `migrations/` builds them and `schema.check` compares both.

Instants are whole microseconds since 1970 in UTC, so that every database keeps and compares them alike.
JSON is kept as text: the store never looks inside.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WITH_PEOPLE = "status IN ('waiting', 'held')"
"""Conversations that people have: a desk lists these first."""

BREACHED = "kind = 'breached'"
"""The few events of which a board asks how many there were today."""

UNSENT = "sent_at IS NULL AND failed_at IS NULL"


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


timeline = Table(
    "timeline",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("content", Text),
    Column("salt", LargeBinary),
    Column("content_digest", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    PrimaryKeyConstraint("conversation", "seq"),
    UniqueConstraint("workspace", "position"),
    _partial("ix_timeline_breached", "workspace", "at", where=BREACHED),
)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("holder", Text),
    Column("queue", Text),
    Column("level", Text),
    Column("rank", Integer, nullable=False),
    Column("claim_differs", Boolean, nullable=False),
    Column("ticket", Text),
    Column("first_words", Text, nullable=False),
    Column("last_words", Text, nullable=False),
    Column("last_role", Text, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("next_due", BigInteger),
    Column("next_metric", Text),
    Column("is_paused", Boolean, nullable=False),
    Column("owes_reply", Boolean, nullable=False),
    Column("spoke_with", Text),
    Column("tags", Text, nullable=False, server_default="[]"),
    Column("is_snoozed", Boolean, nullable=False, server_default=false()),
    Column("snoozed_until", BigInteger),
    Column("follow_up_at", BigInteger),
    Column("reported_by", Integer, nullable=False, server_default="1"),
    Column("merged_into", Text),
    PrimaryKeyConstraint("conversation"),
    Index(None, "workspace", "visitor", "started_at"),
    _partial("ix_conversations_due", "workspace", "next_due", "conversation", where=WITH_PEOPLE),
    _partial("ix_conversations_rest", "workspace", "last_at", where=f"NOT ({WITH_PEOPLE})"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("number", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("resolved_at", BigInteger),
    Column("policy_version", Text, nullable=False),
    Column("acknowledge", BigInteger),
    Column("first_response", BigInteger),
    Column("next_response", BigInteger),
    Column("resolution", BigInteger),
    Column("rating", Integer),
    PrimaryKeyConstraint("workspace", "number"),
    Index(None, "workspace", "visitor", "opened_at"),
)

clocks = Table(
    "clocks",
    metadata,
    Column("conversation", Text, nullable=False),
    Column("metric", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("due", BigInteger),
    Column("met_at", BigInteger),
    Column("next_at", BigInteger),
    PrimaryKeyConstraint("conversation", "metric", "generation"),
    _partial("ix_clocks_next_at", "next_at", where="next_at IS NOT NULL"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("answer", Text, nullable=False),
    PrimaryKeyConstraint("workspace", "author", "client_id"),
)

positions = Table(
    "positions",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("value", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("last", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("agent", Text, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("agent"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("send_at", BigInteger, nullable=False),
    Column("next_try_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("sent_at", BigInteger),
    Column("failed_at", BigInteger),
    Column("error", Text),
    Column("lane", Text),
    Column("place", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("id"),
    Index(None, "channel", "send_at"),
    _partial("ix_outbox_unsent", "channel", "next_try_at", where=UNSENT),
    _partial("ix_outbox_lane", "lane", "place", where=UNSENT),
    _partial("ix_outbox_sent", "sent_at", where="sent_at IS NOT NULL"),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("types", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("old_secret", Text),
    Column("old_secret_until", BigInteger),
    Column("disabled_at", BigInteger),
    Column("why_disabled", Text, nullable=False),
    PrimaryKeyConstraint("id"),
)

deeds = Table(
    "deeds",
    metadata,
    Column("id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("workspace", Text),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index(None, "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("base", Text),
    Column("revision", Integer, nullable=False),
    Column("editor", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("publish_at", BigInteger),
    Column("reason", Text),
    Column("failed", Text),
    PrimaryKeyConstraint("workspace", "slug"),
    _partial("ix_drafts_publish_at", "publish_at", where="publish_at IS NOT NULL"),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("editor", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text),
    PrimaryKeyConstraint("workspace", "slug", "number"),
)

showings = Table(
    "showings",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("question", Integer),
    Column("slug", Text, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("outcome_at", BigInteger),
    Column("ticket", Text),
    Column("breached", Boolean, nullable=False),
    PrimaryKeyConstraint("conversation", "seq"),
    Index(None, "workspace", "at"),
)

unmet = Table(
    "unmet",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("gap", Text, nullable=False),
    Column("slug", Text),
    Column("ticket", Text),
    PrimaryKeyConstraint("conversation", "seq"),
    Index(None, "workspace", "at"),
)

tallied = Table(
    "tallied",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace"),
)

policy_versions = Table(
    "policy_versions",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace", "version"),
)

calendars = Table(
    "calendars",
    metadata,
    Column("digest", Text, nullable=False),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("digest"),
)

agents = Table(
    "agents",
    metadata,
    Column("id", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("workspaces", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    Column("queues", Text, nullable=False, server_default="[]"),
    Column("languages", Text, nullable=False, server_default="[]"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("email"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("agent", Text, nullable=False),
    Column("presence", Text, nullable=False),
    Column("heard_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("agent"),
)

agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", LargeBinary, nullable=False),
    Column("agent", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    PrimaryKeyConstraint("token_hash"),
    Index(None, "agent"),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("does", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    PrimaryKeyConstraint("workspace", "key"),
)

identity_keys = Table(
    "identity_keys",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("kid", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("material", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
    PrimaryKeyConstraint("workspace", "kid"),
)

spent_tokens = Table(
    "spent_tokens",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("spender", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace", "id"),
    Index(None, "until"),
)

files = Table(
    "files",
    metadata,
    Column("workspace", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("conversation", Text),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace", "id"),
    Index(None, "conversation"),
    Index(None, "digest"),
)

findable = Table(
    "findable",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), nullable=False, autoincrement=True),
    Column("conversation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("conversation", "seq"),
)
"""The words that a search finds a conversation by; the database's own index over them is made by the migration."""

FINDING = "findable_words"
"""How the parts of that index are called, which these tables do not describe."""

saved_views = Table(
    "saved_views",
    metadata,
    Column("agent", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("sorted_by", Text, nullable=False),
    PrimaryKeyConstraint("agent", "id"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    PrimaryKeyConstraint("name"),
)
