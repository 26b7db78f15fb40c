"""Which VAT rates the printer of each till has, as far as its journal told. No HTTP.

The till tells when it wrote rates into its printer; that is after a daily report, so a change in
the office and the rates of a printer may differ for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from backoffice.crosscheck_goods import INACTIVE_BP
from backoffice.store import data_rows
from backoffice.store.tables import journal_entry, terminal
from backoffice.tax import EXEMPT_BP
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

__all__ = ["EXEMPT_BP", "INACTIVE_BP", "LETTERS", "PrinterRates", "of_shop"]

LETTERS = "ABCDEFG"
# How far back a journal is searched: what was told longer ago is as good as not known.
_ENTRIES_MAX = 20_000
_EVENT = "rates_programmed"


class _Programmed(msgspec.Struct, frozen=True):
    name: str
    detail: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class PrinterRates:
    """What a till's printer has; ``rates`` by letter are empty while nothing is known.

    ``waiting`` are the letters whose rate in the office is another one.
    """

    terminal: str
    rates: dict[str, int]
    waiting: tuple[str, ...]


def of_shop(connection: Connection, shop: str) -> list[PrinterRates]:
    """The printers of a shop's tills, beside what the office wants."""
    decode = msgspec.json.Decoder(wire.VatRate).decode
    wanted = {
        row.id: row.rate_bp for row in map(decode, data_rows.living(connection, "vat_rates", shop))
    }
    tills = select(terminal.c.id, terminal.c.epoch).where(
        terminal.c.shop == shop, terminal.c.epoch > 0, terminal.c.is_blocked.is_(False)
    )
    found = []
    for till in connection.execute(tills.order_by(terminal.c.id)).all():
        rates = _programmed(connection, till.id, till.epoch)
        found.append(PrinterRates(till.id, rates, _waiting(wanted, rates)))
    return found


def _waiting(wanted: Mapping[str, int], rates: Mapping[str, int]) -> tuple[str, ...]:
    if not rates:
        return ()
    return tuple(it for it in LETTERS if wanted.get(it, INACTIVE_BP) != rates[it])


def _programmed(connection: Connection, till: str, epoch: int) -> dict[str, int]:
    """The rates that the till wrote last."""
    here = (journal_entry.c.terminal == till, journal_entry.c.epoch == epoch)
    last = select(journal_entry.c.seq).where(*here).order_by(journal_entry.c.seq.desc()).limit(1)
    newest = connection.scalar(last) or 0
    events = (
        select(journal_entry.c.body)
        .where(
            *here,
            journal_entry.c.seq > newest - _ENTRIES_MAX,
            journal_entry.c.kind == "event",
            journal_entry.c.body.contains(f'"{_EVENT}"'),
        )
        .order_by(journal_entry.c.seq.desc())
    )
    for body in connection.scalars(events):
        told = msgspec.json.decode(body, type=_Programmed)
        rates = told.detail.get("rates")
        if told.name == _EVENT and isinstance(rates, list) and len(rates) == len(LETTERS):
            return dict(zip(LETTERS, rates, strict=True))
    return {}
