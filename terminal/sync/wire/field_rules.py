"""What orders, quotes, visits and attachments must fulfil beyond their types. One record, no I/O.

A line is worth its price times its quantity less its percent, each rounded half up to a grosz:
what the till computes, and what another program must have computed that sends one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.sync.wire.moments import is_day, is_moment

if TYPE_CHECKING:
    from terminal.sync.wire.field import Attachment, SalesDocument, SalesLine, Visit

_QTY_ONE = 1000
_PERCENT_BP = 10_000
# The name of a file becomes that of a file elsewhere, where these say more than they show.
_UNSAFE = frozenset('/\\:*?"<>|')


def gross_of(price_gr: int, qty_milli: int, percent_bp: int) -> int:
    """What a line comes to: the price times the quantity, less the percent."""
    value = _half_up(price_gr * qty_milli, _QTY_ONE)
    return value - _half_up(value * percent_bp, _PERCENT_BP)


def is_safe_name(name: str) -> bool:
    """Whether a file may be called so anywhere: no folder, nothing unseen, not only dots."""
    return (
        name.isprintable()
        and not _UNSAFE.intersection(name)
        and name == name.strip()
        and bool(name.strip("."))
    )


def wrong_sales_document(row: SalesDocument) -> tuple[str, str]:
    """The first field that breaks a rule, and the reason."""
    if not is_moment(row.issued_at):
        return "issued_at", _("Not a time with its zone")
    if row.due and not is_day(row.due):
        return "due", _("No such day")
    for place, line in enumerate(row.lines):
        if line.gross_gr != _gross(line):
            return f"lines[{place}].gross_gr", _("Is not the price times the quantity less percent")
    if row.total_gr != sum(line.gross_gr for line in row.lines):
        return "total_gr", _("Is not the sum of the lines")
    return "", ""


def wrong_visit(row: Visit) -> tuple[str, str]:
    """The first field that breaks a rule, and the reason."""
    if not is_moment(row.at):
        return "at", _("Not a time with its zone")
    for field in ("began_at", "ended_at"):
        moment = getattr(row, field)
        if moment and not is_moment(moment):
            return field, _("Not a time with its zone")
    return "", ""


def wrong_attachment(row: Attachment) -> tuple[str, str]:
    """The first field that breaks a rule, and the reason."""
    if not is_moment(row.at):
        return "at", _("Not a time with its zone")
    if row.kind == "note":
        return ("", "") if row.text else ("text", _("A note says something"))
    if not is_safe_name(row.name):
        return "name", _("No file may be called so")
    if not row.sha256:
        return "sha256", _("A file has a digest")
    return ("", "") if row.size else ("size", _("The file is empty"))


def _gross(line: SalesLine) -> int:
    return gross_of(line.price_gr, line.qty_milli, line.percent_bp)


def _half_up(amount: int, divisor: int) -> int:
    return (2 * amount + divisor) // (2 * divisor)
