"""One reading of the articles for all tests of them."""

from __future__ import annotations

import pytest

from tests.knowledge_base.shelf import Shelf, read_shelf


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return read_shelf()
