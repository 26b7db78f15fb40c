"""Settings for the driver's tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes depends on who else works on this machine.
settings.register_profile("drivers", deadline=None)
settings.load_profile("drivers")
