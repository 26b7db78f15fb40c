"""What became of each record when it went into several shops at once. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.jobs.work import Fate, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

# The worse one counts.
_WEIGHTS = {Fate.SAME: 0, Fate.DONE: 1, Fate.WAITING: 2, Fate.REFUSED: 3}


class Fates:
    """Fates of the records of one object, by data set and id; the order is that of their coming."""

    def __init__(self, object_name: str, shops: int) -> None:
        self._object = object_name
        self._tells_shop = shops > 1
        self._found: dict[tuple[str, str], tuple[Fate, str]] = {}
        self._later: set[tuple[str, str]] = set()

    def add(self, name: str, row_id: str, fate: Fate, reason: str = "", shop: str = "") -> None:
        """One fate of one record."""
        key = name, row_id
        told = f"{shop}: {reason}" if reason and shop and self._tells_shop else reason
        known = self._found.get(key)
        if known is None or _WEIGHTS[known[0]] < _WEIGHTS[fate]:
            self._found[key] = fate, told

    def put_off(self, name: str, row_id: str) -> None:
        """The record is tried again later: nothing is told of it now."""
        self._later.add((name, row_id))

    def outcomes(self, places: dict[tuple[str, str], str]) -> Iterator[Outcome]:
        """All that is settled; ``places`` say where each stood."""
        for key, (fate, reason) in self._found.items():
            if key not in self._later:
                where = places.get(key, "")
                yield Outcome(self._object, key[1], fate, reason, where)
