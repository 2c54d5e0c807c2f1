"""A server whose encoder is not the one that was measured serves by words, and says so to the operator."""

from __future__ import annotations

from pathlib import Path

import pytest
import structlog

from slabot.bootstrap import slabot
from slabot.config import load_config
from slabot.domain.answers import Verdict
from slabot.knowledge.weights import PINNED

ROOT = Path(__file__).parents[2]


async def test_a_server_with_other_weights_answers_by_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PINNED, "weights.npz", "0" * 64)
    folders = {"policies": str(ROOT / "seeds"), "kb": str(ROOT / "kb")}
    database = f"sqlite:///{tmp_path / 'slabot.db'}"
    config = load_config({}, data=tmp_path, database=database, semantic=True, **folders)
    with structlog.testing.capture_logs() as logs:
        async with slabot(config, only="velsoft") as running:
            assert running.encoder is None
            found = running.library.find("velsoft", "what is the phone number of support")
            assert found.verdict is not Verdict.NOTHING
    (told,) = [entry for entry in logs if entry["event"] == "meaning_off"]
    assert told["log_level"] == "error"
    assert "weights.npz: expected SHA-256" in told["because"]
