"""What the editors' workshop keeps: drafts, published texts, and what became of the articles that were shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SCHEDULED = sa.text("publish_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("base", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("editor", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("publish_at", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("failed", sa.Text()),
        sa.PrimaryKeyConstraint("workspace", "slug", name="pk_drafts"),
    )
    op.create_index(
        "ix_drafts_publish_at",
        "drafts",
        ["publish_at"],
        sqlite_where=_SCHEDULED,
        postgresql_where=_SCHEDULED,
    )
    op.create_table(
        "article_versions",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("editor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("workspace", "slug", "number", name="pk_article_versions"),
    )
    op.create_table(
        "showings",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer()),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_at", sa.BigInteger()),
        sa.Column("ticket", sa.Text()),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq", name="pk_showings"),
    )
    op.create_index("ix_showings_workspace_at", "showings", ["workspace", "at"])
    op.create_table(
        "unmet",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text()),
        sa.Column("ticket", sa.Text()),
        sa.PrimaryKeyConstraint("conversation", "seq", name="pk_unmet"),
    )
    op.create_index("ix_unmet_workspace_at", "unmet", ["workspace", "at"])
    op.create_table(
        "tallied",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_tallied"),
    )


def downgrade() -> None:
    op.drop_table("tallied")
    op.drop_index("ix_unmet_workspace_at", "unmet")
    op.drop_table("unmet")
    op.drop_index("ix_showings_workspace_at", "showings")
    op.drop_table("showings")
    op.drop_table("article_versions")
    op.drop_index("ix_drafts_publish_at", "drafts")
    op.drop_table("drafts")
