"""Single messages in four languages, misspelt and shouted as they come: each leads to the same action in every workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.dialogues.playing import WORKSPACES, Dialogue

_SAID = YAML(typ="safe").load(Path(__file__).parent / "messages.yaml")


@pytest.mark.parametrize(
    ("action", "text"), [(action, text) for action, texts in _SAID.items() for text in texts]
)
def test_a_message_leads_to_its_action_in_every_workspace(action: str, text: str) -> None:
    for name in WORKSPACES:
        talk = Dialogue(name)
        talk.vera(text)
        assert talk.action == action, (name, talk.said)
        assert "guarantee" not in talk.said.lower()
