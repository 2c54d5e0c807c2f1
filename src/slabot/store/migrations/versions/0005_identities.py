"""The keys that host pages sign identities with, and which of their tokens were used."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "identity_keys",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("workspace", "kid", name="pk_identity_keys"),
    )
    op.create_table(
        "spent_tokens",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("spender", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_spent_tokens"),
    )
    op.create_index("ix_spent_tokens_until", "spent_tokens", ["until"])


def downgrade() -> None:
    op.drop_table("spent_tokens")
    op.drop_table("identity_keys")
