"""The door of the console: challenges, and what the journal remembers of who failed at it.

What is written down is written before anybody hears of it, so that pulling the plug wins no further
tries. All of it but ``challenge`` runs on the engine's thread.
"""

from __future__ import annotations

import math
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from terminal.console.challenge import NONCE_BYTES, Challenge
from terminal.errors import Code, Rejected
from terminal.people import lockout, login
from terminal.people.rights import NoRight
from terminal.sale.documents import event_document
from terminal.store import outbox, settings
from terminal.store.db import write
from terminal.sync.wire import Right, Scope

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from terminal.console.admission import Grant
    from terminal.context import Context
    from terminal.people.lockout import Failures
    from terminal.people.rights import Operator
    from terminal.store.catalogue import Catalogue

# What an operator who may serve gets for a PIN: nothing that goes out, nothing that lasts.
PIN_SCOPES = frozenset({Scope.LOOK, Scope.PRINT, Scope.NETWORK})
_BOOT, _ISSUED = "console.boot", "console.issued"
_BOOTS_MAX = 1 << 32
_WHO = "technician"


class Entrance:
    """``catalogue`` is the engine's own reader, ``told`` hears that there is something to send."""

    def __init__(self, context: Context, catalogue: Catalogue, told: Callable[[], object]) -> None:
        self._context = context
        self._catalogue = catalogue
        self._told = told
        self._boot = 0

    def start(self) -> None:
        """Count this start: no challenge of an earlier one is good any more."""
        with write(self._context.journal) as db:
            self._boot = (int(settings.get(db, _BOOT, "0")) + 1) % _BOOTS_MAX
            settings.put(db, _BOOT, str(self._boot))

    def challenge(self, scopes: frozenset[Scope]) -> Challenge:
        """A new one; from any thread."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return Challenge(self._context.terminal, self._boot, nonce, scopes)

    def authority(self) -> str:
        """The key of who certifies technicians; empty when the office has none."""
        return self._catalogue.settings().technicians_key

    def takes_pins(self) -> bool:
        """Whether identifier and PIN open the console."""
        return self._catalogue.settings().console_pin

    def let_try(self) -> float:
        """The time to hold a certificate against; raises E-46 while refused answers lock."""
        now = self._context.now().timestamp()
        wait_s = lockout.wait_s(lockout.bounded(self._failures(), now), now)
        if wait_s:
            raise Rejected(Code.LOCKED_OUT, seconds=math.ceil(wait_s))
        return max(now, not_before(self._context.journal))

    def refused(self, reason: str) -> None:
        """An answer was not good: count it, tell the office."""
        now = self._context.now().timestamp()
        failures = lockout.failed(lockout.bounded(self._failures(), now), now)
        self._keep(failures, "console_refused", "", reason=reason)

    def came(self, grant: Grant) -> None:
        """A technician is in."""
        with write(self._context.journal) as db:
            issued = max(grant.issued, int(settings.get(db, _ISSUED, "0")))
            settings.put(db, _ISSUED, str(issued))
            self._keep(lockout.NONE, "console_login", grant.name, scopes=_sorted(grant.scopes))

    def by_pin(self, identifier: str, pin: str) -> Operator:
        """An operator who may serve; raises E-34, E-46, E-48, and E-182 when PINs are not taken."""
        if not self.takes_pins():
            raise Rejected(Code.WRONG_PIN)
        operator = login.identified(self._context, self._catalogue, identifier, pin, needs_pin=True)
        if Right.SERVICE not in operator.rights:
            raise NoRight(Right.SERVICE)
        self.note(operator.name, "console_login", scopes=_sorted(PIN_SCOPES), by="pin")
        return operator

    def note(self, name: str, what: str, /, **detail: object) -> None:
        """Write something of a session down; ``detail`` must not hold secrets."""
        event = event_document(self._context, name, what, **detail)
        with write(self._context.journal) as db:
            outbox.append(db, event, event.at)
        self._told()

    def _failures(self) -> Failures:
        return login.failures_of(self._context.journal, _WHO)

    def _keep(self, failures: Failures, what: str, name: str, **detail: object) -> None:
        with write(self._context.journal) as db:
            db.execute(
                "INSERT OR REPLACE INTO pin_failure (who, count, locked_until) VALUES (?, ?, ?)",
                (_WHO, failures.count, failures.locked_until),
            )
            self.note(name, what, **detail)


def not_before(journal: sqlite3.Connection) -> float:
    """The moment that has passed whatever the clock says, so that no old certificate grows young.

    Receipts are made only while till and fiscal printer agree on the time, and the date that an
    authority puts on a certificate is a date, too.
    """
    row = journal.execute(
        "SELECT made_at FROM document WHERE kind = 'receipt' ORDER BY epoch DESC, seq DESC LIMIT 1"
    ).fetchone()
    sold_at = datetime.fromisoformat(row[0]).timestamp() if row else 0.0
    return max(sold_at, float(settings.get(journal, _ISSUED, "0")))


def _sorted(scopes: frozenset[Scope]) -> list[str]:
    return sorted(map(str, scopes))
