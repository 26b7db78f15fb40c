"""What the tests of this folder share."""

from __future__ import annotations

from tests.crash.stands import catalogue, make_stand, office, quick

__all__ = ["catalogue", "make_stand", "office", "quick"]
