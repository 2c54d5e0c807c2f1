"""Triage: from a visitor's words to kind, impact and severity, with reasons one can read."""
