"""Documents of shifts and of reports that were printed. No I/O."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Taken(Struct, frozen=True):
    """What a shift took in one way to pay, without the change that was given back."""

    method: str
    name: str
    kind: str
    payments: int
    amount_gr: int


class Counted(Struct, frozen=True):
    """How many notes or coins of one value were counted."""

    value_gr: int
    pieces: int


class ShiftDoc(Struct, frozen=True, tag_field="kind", tag="shift"):
    """A cashier's shift: once when it opens, and once more with its figures when it is closed.

    ``opening_gr`` is None when nobody entered it. ``expected_gr`` is opening + in - out + received
    - change - returned. ``counted_gr`` is None when nobody counted: ``coins`` are its parts where
    they were told. The numbers are those of documents that name the shift.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    operator_id: str
    shift: str
    opened_at: str
    opening_gr: int | None = None
    closed_at: str = ""
    closed_by: str = ""
    in_gr: int = 0
    out_gr: int = 0
    received_gr: int = 0
    change_gr: int = 0
    returned_gr: int = 0
    expected_gr: int = 0
    counted_gr: int | None = None
    difference_gr: int = 0
    coins: list[Counted] = []
    reason: str = ""
    methods: list[Taken] = []
    receipts: int = 0
    total_gr: int = 0
    returns: int = 0
    dropped: int = 0
    drawer_openings: int = 0
    slip_no: int = 0


class PrintedReportDoc(Struct, frozen=True, tag_field="kind", tag="printed_report"):
    """A report that the fiscal printer made out of its memory: a month, days, or numbers.

    ``first`` and ``last`` are days (2026-11-01) or numbers of daily reports, both included.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    report: Literal["monthly", "by_dates", "by_numbers"]
    first: str
    last: str
    is_summary: bool = False
