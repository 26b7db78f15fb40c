"""Small facts of the journal: key and value, the printer's last known counters, wrong PINs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import Counters, PercentMode, Seven

if TYPE_CHECKING:
    import sqlite3

_COUNTERS = "printer.counters"
_RATES = "printer.rates"
_PERCENT_MODE = "printer.percent_mode"
_DIFFERENCE = "day.difference"
_WANTED_REPORT = "day.wanted_report"
_TOKEN = "printer.token"  # noqa: S105 - the name of a setting
TOKEN_MAX = 9999


def get(db: sqlite3.Connection, key: str, default: str = "") -> str:
    """Value of ``key``."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else default


def put(db: sqlite3.Connection, key: str, value: str) -> None:
    """Set ``key``; call inside ``write``."""
    db.execute(
        "INSERT INTO setting (key, value)"
        " VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def counters_text(counters: Counters) -> str:
    """Counters as the journal keeps them."""
    return msgspec.json.encode(counters).decode()


def counters_of(text: str) -> Counters:
    """Counters out of the journal."""
    return msgspec.json.decode(text, type=Counters)


def expected_counters(db: sqlite3.Connection) -> Counters | None:
    """What the printer should show, as far as this till knows; None before the first meeting."""
    text = get(db, _COUNTERS)
    return counters_of(text) if text else None


def expect_counters(db: sqlite3.Connection, counters: Counters) -> None:
    """Remember what the printer showed; call inside ``write``."""
    put(db, _COUNTERS, counters_text(counters))


def printer_rates(db: sqlite3.Connection) -> Seven | None:
    """VAT rates that are programmed in the printer, as last read."""
    text = get(db, _RATES)
    return msgspec.json.decode(text, type=Seven) if text else None


def remember_rates(db: sqlite3.Connection, rates: Seven) -> None:
    """Remember the printer's rates; call inside ``write``."""
    put(db, _RATES, msgspec.json.encode(rates).decode())


def percent_mode(db: sqlite3.Connection) -> PercentMode:
    """How the printer takes a percent off, as last read; its factory's way until then."""
    return PercentMode(get(db, _PERCENT_MODE, PercentMode.VALUE_FIRST))


def remember_percent_mode(db: sqlite3.Connection, mode: PercentMode) -> None:
    """Remember the printer's way with percents; call inside ``write``."""
    put(db, _PERCENT_MODE, mode)


@dataclass(frozen=True, slots=True)
class Difference:
    """A daily report whose totals are not those of our own books; A to G, gross."""

    report_no: int
    printer_gr: Seven
    local_gr: Seven


def difference(db: sqlite3.Connection) -> Difference | None:
    """The difference that nobody has confirmed yet."""
    text = get(db, _DIFFERENCE)
    return msgspec.json.decode(text, type=Difference) if text else None


def keep_difference(db: sqlite3.Connection, found: Difference | None) -> None:
    """Keep a difference until somebody confirms it, or (None) forget it; call inside ``write``."""
    put(db, _DIFFERENCE, msgspec.json.encode(found).decode() if found else "")


def wanted_report(db: sqlite3.Connection) -> int:
    """Number of the daily report without which the printer sells nothing; 0 for none."""
    return int(get(db, _WANTED_REPORT, "0"))


def want_report(db: sqlite3.Connection, report_no: int) -> None:
    """The printer sells nothing before daily report ``report_no``; call inside ``write``."""
    put(db, _WANTED_REPORT, str(report_no))


def next_token(db: sqlite3.Connection) -> int:
    """A number from 1 to ``TOKEN_MAX`` to mark a command with; call inside ``write``."""
    token = int(get(db, _TOKEN, "0")) % TOKEN_MAX + 1
    put(db, _TOKEN, str(token))
    return token


def skip_tokens(db: sqlite3.Connection, count: int) -> None:
    """Begin after ``count`` tokens that another device has used; call inside ``write``."""
    put(db, _TOKEN, str(count % TOKEN_MAX))
