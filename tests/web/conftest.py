"""The whole server, for the tests of this folder."""

from tests.house import house, houses, server, start

__all__ = ["house", "houses", "server", "start"]
