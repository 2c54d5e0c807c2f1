"""How many visitors report the same, as a column of the inbox; filled from what was noted in the timelines."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("reported_by", sa.Integer(), nullable=False, server_default="1"))
    connection = op.get_bind()
    noted = connection.execute(
        sa.text(
            "SELECT conversation, data FROM timeline WHERE kind = 'others_reported' ORDER BY conversation, seq"
        )
    )
    latest = {conversation: len(orjson.loads(data)["conversations"]) + 1 for conversation, data in noted}
    for conversation, visitors in latest.items():
        connection.execute(
            sa.text("UPDATE conversations SET reported_by = :visitors WHERE conversation = :conversation"),
            {"visitors": visitors, "conversation": conversation},
        )


def downgrade() -> None:
    op.drop_column("conversations", "reported_by")
