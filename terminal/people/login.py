"""Lets an operator in, in the login mode of the shop, and remembers wrong PINs. Shows nothing.

``attempt`` holds the rules and is pure; ``log_in`` feeds it from the catalogue and the journal, and
writes the outcome down before anybody hears of it, so that pulling the plug wins no further tries.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.people import lockout, pins
from terminal.people.lockout import Failures
from terminal.people.rights import NAMES, Approval, Operator, operator_of
from terminal.sale.documents import event_document
from terminal.store import outbox
from terminal.store.db import write
from terminal.sync.wire import Right

if TYPE_CHECKING:
    import sqlite3

    from terminal.context import Context
    from terminal.store.catalogue import Catalogue
    from terminal.sync.wire import User

_ANONYMOUS = _("Cashier")
_TERMINAL = "terminal"
# All unknown identifiers are one: what was typed there may be a PIN and is not written down.
_USER = "user:"


@dataclass(frozen=True, slots=True)
class LoginResult:
    """Whether the operator is in; both states are to be stored; ``wait_s`` is 0 or the lock-out."""

    is_in: bool
    failures: Failures
    terminal_failures: Failures
    wait_s: float


def attempt(
    user: User | None,
    pin: str,
    now: float,
    failures: Failures,
    terminal_failures: Failures,
    *,
    needs_pin: bool = True,
) -> LoginResult:
    """One try of ``user`` (None: the identifier is unknown) at ``now``, seconds since 1970.

    While locked out, no PIN is looked at and nothing is counted. An unknown user costs as much time
    as a wrong PIN.
    """
    failures = lockout.bounded(failures, now)
    terminal_failures = lockout.bounded(terminal_failures, now)
    wait_s = max(lockout.wait_s(failures, now), lockout.wait_s(terminal_failures, now))
    if wait_s:
        return LoginResult(False, failures, terminal_failures, wait_s)
    if needs_pin:
        is_right = pins.verify(pin, user.pin_hash if user else "") and user is not None
    else:
        is_right = user is not None
    if is_right:
        return LoginResult(True, lockout.NONE, lockout.NONE, 0.0)
    failures = lockout.failed(failures, now)
    terminal_failures = lockout.failed(terminal_failures, now)
    wait_s = max(lockout.wait_s(failures, now), lockout.wait_s(terminal_failures, now))
    return LoginResult(False, failures, terminal_failures, wait_s)


def log_in(context: Context, catalogue: Catalogue, identifier: str, pin: str) -> Operator:
    """The operator who typed ``identifier`` and ``pin``; runs on the engine's thread.

    Mode ``pin`` wants both, ``identifier`` no PIN, ``none`` neither: everyone is the same cashier.
    Raises ``Rejected``: E-34 wrong, E-46 locked out, with ``seconds``; E-62 before the first users
    came. A wrong PIN is a document, in the commit that counts it.
    """
    mode = catalogue.settings().login_mode
    if mode == "none":
        return anonymous()
    return identified(context, catalogue, identifier, pin, needs_pin=mode != "identifier")


def approve(
    context: Context,
    catalogue: Catalogue,
    operator: Operator,
    right: Right,
    identifier: str,
    pin: str,
) -> Approval:
    """``right``, lent to ``operator`` by whoever typed ``identifier`` and ``pin``; a document.

    The PIN is asked in each login mode, unless nobody in the shop has one; a wrong one counts as
    at a login. Raises what ``log_in`` does, and E-100 when the other may not do it either.
    """
    approver = identified(context, catalogue, identifier, pin, needs_pin=catalogue.has_pins())
    if right not in approver.rights:
        raise Rejected(Code.CANNOT_APPROVE, name=approver.name, right=translate(NAMES[right]))
    event = event_document(
        context, operator.name, "approved", right=right, by=approver.name, user=approver.id
    )
    with write(context.journal):
        outbox.append(context.journal, event, event.at)
    return Approval(right, operator, approver.name)


def identified(
    context: Context, catalogue: Catalogue, identifier: str, pin: str, *, needs_pin: bool
) -> Operator:
    """Whose identifier and PIN these are; raises as ``log_in``, and counts and tells wrong ones."""
    if not catalogue.revision("users"):
        raise Rejected(Code.NO_CATALOGUE)
    user = catalogue.user(identifier)
    who = _USER + (user.id if user else "")
    before = failures_of(context.journal, who), failures_of(context.journal, _TERMINAL)
    result = attempt(user, pin, context.now().timestamp(), *before, needs_pin=needs_pin)
    after = result.failures, result.terminal_failures
    if after != before:
        with write(context.journal):
            _remember(context.journal, who, result)
            if after[0].count > before[0].count:
                name = user.name if user else ""
                event = event_document(context, name, "wrong_pin", user=user.id if user else "")
                outbox.append(context.journal, event, event.at)
    if result.wait_s:
        raise Rejected(Code.LOCKED_OUT, seconds=math.ceil(result.wait_s))
    if user is None or not result.is_in:
        raise Rejected(Code.WRONG_PIN)
    return operator_of(user, catalogue.role(user.role))


def anonymous() -> Operator:
    """The one cashier of a shop without logins; such a shop allows everything but service."""
    rights = frozenset(Right) - {Right.SERVICE}
    return Operator("", "", translate(_ANONYMOUS), "", rights, "")


def failures_of(journal: sqlite3.Connection, who: str) -> Failures:
    """Wrong PINs of ``who`` that the journal remembers."""
    row = journal.execute(
        "SELECT count, locked_until FROM pin_failure WHERE who = ?", (who,)
    ).fetchone()
    return Failures(*row) if row else lockout.NONE


def _remember(journal: sqlite3.Connection, who: str, result: LoginResult) -> None:
    if result.is_in:
        # A good PIN also forgives identifiers mistyped on the way to it.
        journal.execute("DELETE FROM pin_failure WHERE who IN (?, ?, ?)", (who, _USER, _TERMINAL))
        return
    for key, state in ((who, result.failures), (_TERMINAL, result.terminal_failures)):
        journal.execute(
            "INSERT OR REPLACE INTO pin_failure (who, count, locked_until) VALUES (?, ?, ?)",
            (key, state.count, state.locked_until),
        )
