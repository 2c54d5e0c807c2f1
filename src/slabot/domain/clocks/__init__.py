"""Targets running on tickets: what is due, what was met, and the explanation of both, from facts alone."""
