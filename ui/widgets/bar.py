"""A progress bar of whole cells with its figures beside it. Pure."""

from __future__ import annotations

_FULL, _EMPTY = "█", "░"


def bar(width: int, done: int, total: int) -> str:
    """``done`` of ``total`` in ``width`` cells, figures included; never more than all of it."""
    shown = min(done, total)
    figures = f" {shown}/{total}"
    room = max(0, width - len(figures))
    full = room * shown // total if total else room
    return _FULL * full + _EMPTY * (room - full) + figures
