"""Who is at the till, what they may do, and what another lends them for one verb. No I/O, no PINs.

What is lent goes with the verb from thread to thread (see ``Engine``) and ends with it: nobody has
to hand it on, and nothing else that happens meanwhile can use it.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sync.wire import Role, User

NAMES = {
    Right.SELL: _("selling"),
    Right.VOID_LINE: _("cancelling a line"),
    Right.DROP_RECEIPT: _("cancelling a receipt"),
    Right.CHANGE_PRICE: _("changing a price"),
    Right.DISCOUNT: _("giving a discount of one's own"),
    Right.SHOP_DISCOUNT: _("giving a discount of the shop"),
    Right.RETURN: _("taking goods back"),
    Right.CORRECT_PAYMENT: _("correcting a payment"),
    Right.OTHERS_RECEIPTS: _("seeing receipts of others"),
    Right.CASH: _("cash in and out"),
    Right.DRAWER: _("opening the drawer"),
    Right.CLOSE_DAY: _("daily report"),
    Right.REPORTS: _("reports"),
    Right.SYNC: _("synchronisation"),
    Right.SERVICE: _("service"),
    Right.TRAINING: _("training"),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who logged in; ``role`` is the name of the role, ``language`` may be empty."""

    id: str
    identifier: str
    name: str
    role: str
    rights: frozenset[Right]
    language: str


def operator_of(user: User, role: Role | None) -> Operator:
    """The operator that a user is by ``role``; without a role, or a right we know, may nothing."""
    known = frozenset(Right)
    rights = frozenset(Right(right) for right in role.rights if right in known) if role else ()
    return Operator(
        user.id,
        user.identifier,
        user.name,
        role.name if role else "",
        frozenset(rights),
        user.language,
    )


@dataclass(frozen=True, slots=True)
class Approval:
    """One right, lent to one operator by ``approver``, whose PIN was asked."""

    right: Right
    operator: Operator
    approver: str


_LENT: ContextVar[tuple[Approval, ...]] = ContextVar("lent", default=())


@contextmanager
def lent(approval: Approval) -> Iterator[None]:
    """What is called within may use ``approval``, beside those lent around it."""
    token = _LENT.set((*_LENT.get(), approval))
    try:
        yield
    finally:
        _LENT.reset(token)


_ACTING: ContextVar[Operator | None] = ContextVar("acting", default=None)


@contextmanager
def acting(operator: Operator) -> Iterator[None]:
    """What is called within is called by ``operator``, whoever is at the till: a technician."""
    token = _ACTING.set(operator)
    try:
        yield
    finally:
        _ACTING.reset(token)


def caller(at_till: Operator | None) -> Operator | None:
    """Who calls: the technician at the console, else who is at the till."""
    return _ACTING.get() or at_till


class NoRight(Rejected):
    """E-48; another operator may lend the right."""

    def __init__(self, right: Right) -> None:
        super().__init__(Code.NO_RIGHT, right=translate(NAMES[right]))
        self.right = right


def require(operator: Operator | None, right: Right, *others: Right) -> Operator:
    """Who calls, and may do ``right`` or one of the others; raises E-47 or ``NoRight``."""
    operator = caller(operator)
    if operator is None:
        raise Rejected(Code.NOT_LOGGED_IN)
    is_lent = any(one.right is right and one.operator == operator for one in _LENT.get())
    if not is_lent and operator.rights.isdisjoint({right, *others}):
        raise NoRight(right)
    return operator
