"""Words of orders, quotes, visits and attachments, and their lines as rows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.amounts import percent, quantity, zloty
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.sync.wire import SalesLine, Visit

TYPES = {"ZS": _("Order (ZS)"), "OS": _("Quote (OS)")}
STATES = {
    "open": _("open"),
    "realised": _("done"),
    "cancelled": _("cancelled"),
    "planned": _("planned"),
    "done": _("done"),
}
_VALUE, _QTY = 12, 24
_KIB = 1024


def line_texts(width: int, lines: Iterable[SalesLine]) -> list[str]:
    """A line each: number, name, quantity and price, what it comes to."""
    room = max(10, width - _VALUE - _QTY - 10)
    return [
        f"{no:>3} {row.fit(_name(line), room)}"
        f" {row.fit(f'{quantity(line.qty_milli)} {line.unit} × {zloty(line.price_gr)}', _QTY)}"
        f" {zloty(line.gross_gr):>{_VALUE}}"
        for no, line in enumerate(lines, start=1)
    ]


def _name(line: SalesLine) -> str:
    return f"{line.name} -{percent(line.percent_bp)}" if line.percent_bp else line.name


def state_of(visit: Visit) -> str:
    """How far a visit is."""
    if visit.state == "planned" and visit.began_at:
        return translate("there now")
    return translate(STATES.get(visit.state, visit.state))


def size(count: int) -> str:
    """Bytes as people read them."""
    if count < _KIB:
        return f"{count} B"
    if count < _KIB * _KIB:
        return f"{count / _KIB:.0f} KiB"
    return f"{count / _KIB / _KIB:.1f} MiB".replace(".", ",")
