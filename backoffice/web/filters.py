"""What a person asks a list for: the fields of its filter form, out of the address.

Everything typed is kept, wrong or right, so that the form comes back as it was sent and each link
of the page asks for the same.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

from litestar.params import PathParameter, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from backoffice.web import typed
from backoffice.web.i18n import _
from terminal.sync.wire import NUMBER_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from backoffice.actor import Actor

WORD_MAX = 100
# The number of a row in an address: beyond this no row has one, and no database takes it.
Key = Annotated[int, PathParameter(ge=0, le=NUMBER_MAX)]
Before = Annotated[int, QueryParameter(ge=0, le=NUMBER_MAX)]
_T = TypeVar("_T")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class Filters:
    """The fields of one request; what cannot be understood is in ``errors`` and narrows nothing."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.typed = {name: text[:WORD_MAX].strip() for name, text in query.items()}
        self.errors: dict[str, str] = {}

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return HTTP_422_UNPROCESSABLE_ENTITY if self.errors else HTTP_200_OK

    def kept(self, *leave_out: str) -> dict[str, str]:
        """What a link of the page asks for, too: all that was typed but where the page begins."""
        gone = {"before", "format", *leave_out}
        return {name: text for name, text in self.typed.items() if text and name not in gone}

    def word(self, name: str) -> str:
        """Any text."""
        return self.typed.get(name, "")

    def one_of(self, name: str, choices: Collection[str], usual: str = "") -> str:
        """One of the choices; what is none of them is an error."""
        text = self.typed.get(name, "")
        if not text or text in choices:
            return text or usual
        self.errors[name] = _("Choose one of the list")
        return usual

    def day(self, name: str) -> str:
        """A day as ``2026-11-30``; empty for none."""
        return self._read(name, typed.day) or ""

    def date(self, name: str) -> date | None:
        """The same as a date."""
        text = self.day(name)
        return date.fromisoformat(text) if text else None

    def month(self, name: str, usual: str) -> str:
        """A month such as ``2026-11``."""
        text = self.typed.get(name, "") or usual
        if _MONTH.fullmatch(text):
            return text
        self.errors[name] = _("Write a month such as 2026-11")
        return usual

    def money(self, name: str) -> int | None:
        """Grosze."""
        return self._read(name, typed.money)

    def number(self, name: str) -> int | None:
        """A whole number."""
        return self._read(name, typed.number)

    def before(self) -> int:
        """The key where a page begins, 0 for the newest; one that is none is the newest."""
        text = self.typed.get("before", "")
        is_key = text.isascii() and text.isdigit() and int(text) <= NUMBER_MAX
        return int(text) if is_key else 0

    def _read(self, name: str, read: Callable[[str], _T]) -> _T | None:
        text = self.typed.get(name, "")
        try:
            return read(text) if text else None
        except typed.NotUnderstood as wrong:
            self.errors[name] = wrong.reason.said(_)
            return None


def shops(actor: Actor, shop: str) -> frozenset[str] | None:
    """Which shops a list is about: the one asked for, else all that the actor may see.

    Raises ``NotFound`` for the shop of others.
    """
    if not shop:
        return actor.shops
    actor.must_see(shop)
    return frozenset({shop})
