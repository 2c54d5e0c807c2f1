"""Who sits at the desk, as the session knows them, with the queues they serve and the languages they speak."""

from __future__ import annotations

from dataclasses import dataclass

from slabot.domain.timeline import Actor


@dataclass(frozen=True, slots=True)
class Colleague:
    agent: str
    name: str
    workspaces: frozenset[str]
    role: str = "agent"
    capacity: int = 12
    queues: frozenset[str] = frozenset()
    """`queue`, or `workspace/queue` where two workspaces have one of that name; empty: every queue."""
    languages: frozenset[str] = frozenset()
    """Two letters each; empty: whatever the visitor speaks."""

    @property
    def actor(self) -> Actor:
        return Actor.agent(self.agent)

    @property
    def leads(self) -> bool:
        """Sees the live board."""
        return self.role in ("lead", "admin")

    def serves(self, workspace: str, queue: str) -> bool:
        if workspace not in self.workspaces:
            return False
        return not self.queues or queue in self.queues or f"{workspace}/{queue}" in self.queues
