"""Fixtures that every room's tests may use."""

from hypothesis import settings

pytest_plugins = ["tests.databases"]

# A machine that is busy elsewhere makes a slow example, not a wrong one.
settings.register_profile("slabot", deadline=None)
settings.load_profile("slabot")
