"""The names under which receipts lie, and which of them an operator sees. On the engine's thread.

A name is one of the office's, which is always in the list, or one that a cashier added, which stays
until the daily report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import translate as _
from terminal.people.rights import require
from terminal.store import parked
from terminal.sync.wire import Right

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container

    from terminal.people.rights import Operator
    from terminal.store.catalogue import Catalogue
    from terminal.store.parked import Lying

NAME_MAX = 30


@dataclass(frozen=True, slots=True)
class Bill:
    """A name in the list; ``lying`` is the receipt under it, if there is one."""

    name: str
    is_added: bool
    is_on_screen: bool = False
    lying: Lying | None = None


class Bills:
    """``db`` is the journal, ``catalogue`` the engine's own reader."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue) -> None:
        self._db = db
        self._catalogue = catalogue
        # What the receipt on the screen is called, or the one that is about to be there.
        self.on_screen = ""

    def everything(self, operator: Operator) -> list[Bill]:
        """The list, of what the operator may see: the office's names first, then the others."""
        under = {one.bill: one for one in parked.lying(self._db)}
        offered = self.offered
        names = dict.fromkeys((*offered, *parked.added(self._db), *under))
        return [
            Bill(name, name not in offered, name == self.on_screen, under.get(name))
            for name in names
            if name not in under or self.sees(operator, under[name].operator_id)
        ]

    def lying(self, operator: Operator, name: str) -> Lying | None:
        """What lies under a name of the list; raises E-48, E-111, and E-112 for what is shared."""
        lying = parked.under(self._db, name)
        if lying is None:
            if name not in self._names():
                raise Rejected(Code.BILL_GONE, name=name)
            return None
        if not self.sees(operator, lying.operator_id):
            require(operator, Right.OTHERS_RECEIPTS)
        if lying.share:
            raise Rejected(Code.BILL_AWAY, name=name)
        return lying

    def sees(self, operator: Operator, owner_id: str) -> bool:
        """Whether an operator sees the receipts that another has opened."""
        if Right.OTHERS_RECEIPTS in operator.rights or owner_id == operator.id:
            return True
        match self._catalogue.settings().parking_visibility:
            case "own":
                return False
            case "role":
                ours, theirs = map(self._catalogue.user_by_id, (operator.id, owner_id))
                return ours is not None and theirs is not None and ours.role == theirs.role
        return True

    @property
    def is_used(self) -> bool:
        """Whether receipts are parked in this shop."""
        return self._catalogue.settings().parking

    @property
    def is_shared(self) -> bool:
        """Whether the tills of the shop share them."""
        settings = self._catalogue.settings()
        return settings.parking and settings.parking_shared

    @property
    def offered(self) -> list[str]:
        """The office's names."""
        return self._catalogue.settings().parking_names

    def new(self, name: str) -> str:
        """A name as it is kept, the next number when none was typed; raises E-114."""
        taken = self._names()
        wanted = " ".join(name.split())[:NAME_MAX]
        if not wanted:
            return _numbered(_("Sale"), taken, first=1)
        if wanted in taken:
            raise Rejected(Code.BILL_EXISTS, name=wanted)
        return wanted

    def free(self, name: str) -> str:
        """The name itself, or with the next number when it is taken."""
        taken = self._names()
        return name if name and name not in taken else _numbered(name or _("Sale"), taken, first=2)

    def _names(self) -> set[str]:
        under = (one.bill for one in parked.lying(self._db))
        return {*self.offered, *parked.added(self._db), *under, self.on_screen}


def _numbered(name: str, taken: Container[str], *, first: int) -> str:
    number = first
    while (numbered := f"{name} {number}") in taken:
        number += 1
    return numbered
