"""What the server writes down for its operators: never what people wrote, who they are, or what lets one in."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from tests.cast import refusal_of
from tests.house import Start
from tests.journeys.raw import raw_socket

SECRETS = ("swordfish", "vera@example.org", "Veronica", "unmistakable")


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_logs_hold_no_words_no_addresses_and_no_tokens(
    start: Start, tmp_path: object, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    written = io.StringIO()
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(written),
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        cache_logger_on_first_use=False,
    )
    try:
        with caplog.at_level(logging.INFO):
            server = await start(f"{kind}:///{tmp_path}/slabot.db")
            vera, aidan = await server.vera(), await server.desk()
            talk = (await vera.says("unmistakable: nobody can log in, my password is swordfish"))[
                "conversation"
            ]
            await vera.says("I am Veronica, vera@example.org")
            await aidan.replies(talk, "unmistakable reply")
            assert (await aidan.acts("note", talk, text="unmistakable note"))["ok"]
            await vera.asks("say", client_id="x", text="unmistakable but invalid")
            await refusal_of(server.url, "/visitor", {"workspace": "unmistakable"})
            async with raw_socket(server.url) as client:
                await client.enters()
                await client.sends('42/visitor,1["say", {"text": "unmistakable and broken')
                assert await client.is_closed()
            # The database refuses: its driver's error would repeat the values.
            server.running.store.writer.engine.dispose()
            await server.running.store.writer.execute(_broken_table)
            failed = await vera.asks("say", client_id=vera.client_id(), text="unmistakable, not stored")
            assert not failed["ok"]
            tokens = [vera.token or "-", await server.session()]
    finally:
        structlog.configure(**before)
    everything = written.getvalue() + caplog.text
    assert "broken_frame" in everything, "nothing was captured"
    for secret in (*SECRETS, *tokens):
        assert secret not in everything


def _broken_table(connection: object) -> None:
    from sqlalchemy import text

    connection.execute(text("ALTER TABLE timeline RENAME TO elsewhere"))  # type: ignore[attr-defined]
