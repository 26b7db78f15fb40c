"""Where an export stands between two steps: its cursor. No I/O."""

from __future__ import annotations

from typing import Literal, Self

import msgspec

Phase = Literal["read", "compare", "again", "told"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """``step`` counts; ``what`` is the place of the object among those of the job.

    An object is read from ``next`` on, ``skip`` records of that batch are done. ``since`` and the
    ``shops`` are those it was begun with, ``mark`` is what it will have reached, and it is
    ``is_listed`` unless something of the list could not be read. Then comes, with ``set`` and
    ``after`` as places in it, the comparing of a whole list; and at the end what did not fit
    ``again`` and again while ``is_moving``, until what is left is ``told``. ``before`` are
    the records of the objects before this one. ``finished`` is the last object that is done, and
    its mark: its source is told so by the next step, when it is sure.
    """

    step: int = 0
    what: int = 0
    phase: Phase = "read"
    next: str = ""
    skip: int = 0
    since: str | None = None
    shops: tuple[str, ...] = ()
    mark: str = ""
    is_listed: bool = True
    set: int = 0
    after: str = ""
    is_moving: bool = False
    before: int = 0
    read: int = 0
    finished: tuple[str, str] | None = None

    @classmethod
    def of(cls, cursor: str) -> Self:
        """The place of a cursor; that of the first step is empty."""
        return msgspec.json.decode(cursor, type=cls) if cursor else cls()

    def on(self, **changes: object) -> str:
        """The cursor of the next step."""
        later = msgspec.structs.replace(self, **{"finished": None, **changes}, step=self.step + 1)
        return msgspec.json.encode(later).decode()
