"""What the tests of this folder share."""

from __future__ import annotations

from tests.crash.slip_stand import make_slip_stand, slip_origin
from tests.crash.stands import catalogue, make_stand, office, quick

__all__ = ["catalogue", "make_slip_stand", "make_stand", "office", "quick", "slip_origin"]
