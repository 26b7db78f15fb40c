"""Whether a new version may be confirmed: the health checks of a trial, as a table. Pure.

A network is no condition: a shop without one must be able to open. A printer that does not answer
is no fault of the version: it is waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Counters

STEADY_S = 60.0
LIMIT_S = 120.0


class Health(StrEnum):
    """What one check, or all of them, say."""

    GREEN = "GREEN"
    PENDING = "PENDING"  # not yet
    SILENT = "SILENT"  # the printer does not answer
    RED = "RED"


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a version that runs on trial.

    ``at_close`` and ``now`` are the printer's counters after the daily report and as it answers now
    (None: it does not); ``head_kept`` whether the chain of documents still holds the one that was
    its last. That the journal opened, was whole and is migrated is why the till runs at all.
    """

    running_s: float
    is_drawn: bool
    head_kept: bool
    at_close: Counters | None
    now: Counters | None


def _drawn(signs: Signs) -> Health:
    if signs.is_drawn:
        return Health.GREEN
    return Health.RED if signs.running_s > LIMIT_S else Health.PENDING


def _printer(signs: Signs) -> Health:
    if signs.now is None:
        return Health.SILENT
    if signs.at_close is None or is_untouched(signs.at_close, signs.now):
        return Health.GREEN
    return Health.RED


CHECKS: dict[str, Callable[[Signs], Health]] = {
    "journal": lambda signs: Health.GREEN if signs.head_kept else Health.RED,
    "screen": _drawn,
    "printer": _printer,
    "steady": lambda signs: Health.GREEN if signs.running_s >= STEADY_S else Health.PENDING,
}
_ORDER = (Health.RED, Health.PENDING, Health.SILENT, Health.GREEN)


def judge(signs: Signs) -> tuple[Health, str]:
    """What the checks say together, and which of them say it first.

    Silent means that everything else is green.
    """
    said = {name: check(signs) for name, check in CHECKS.items()}
    worst = min(said.values(), key=_ORDER.index)
    return worst, next(name for name, health in said.items() if health is worst)


def is_untouched(at_close: Counters, now: Counters) -> bool:
    """Whether the printer proves that nothing was sold since: the same printer, the same counters.

    What is printed without being fiscal, and its power failing, moves nothing that counts.
    """
    return _fiscal(at_close) == _fiscal(now)


def _fiscal(counters: Counters) -> tuple[object, ...]:
    return (
        counters.unique_no,
        counters.reports,
        counters.receipts,
        counters.cancelled,
        counters.last_receipt_no,
        counters.totals_gr,
        counters.cancelled_gr,
        counters.ram_resets,
        counters.invoices,
        counters.invoices_cancelled,
        counters.invoice_totals_gr,
    )
