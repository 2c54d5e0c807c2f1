"""Receivers of webhooks, deliveries that keep their order, and what administrators did."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UNSENT = sa.text("sent_at IS NULL AND failed_at IS NULL")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("lane", sa.Text()))
    op.add_column("outbox", sa.Column("place", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_outbox_channel_send_at", "outbox", ["channel", "send_at"])
    op.create_index(
        "ix_outbox_lane", "outbox", ["lane", "place"], sqlite_where=UNSENT, postgresql_where=UNSENT
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("old_secret", sa.Text()),
        sa.Column("old_secret_until", sa.BigInteger()),
        sa.Column("disabled_at", sa.BigInteger()),
        sa.Column("why_disabled", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_table(
        "deeds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deeds"),
    )
    op.create_index("ix_deeds_at", "deeds", ["at"])


def downgrade() -> None:
    op.drop_table("deeds")
    op.drop_table("webhooks")
    op.drop_index("ix_outbox_lane", "outbox")
    op.drop_index("ix_outbox_channel_send_at", "outbox")
    op.drop_column("outbox", "place")
    op.drop_column("outbox", "lane")
