"""Where a merged conversation goes on, as a column of the inbox; filled from what the timelines say."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("merged_into", sa.Text()))
    connection = op.get_bind()
    merges = connection.execute(
        sa.text("SELECT conversation, data FROM timeline WHERE kind = 'merged_into'")
    ).all()
    for conversation, data in merges:
        connection.execute(
            sa.text("UPDATE conversations SET merged_into = :ticket WHERE conversation = :conversation"),
            {"ticket": orjson.loads(data)["ticket"] or "", "conversation": conversation},
        )


def downgrade() -> None:
    op.drop_column("conversations", "merged_into")
