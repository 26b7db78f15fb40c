"""What stands around every page: status bar, heading, message, entry field, keys. Pure rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sale.waiting import in_words
from ui.amounts import quantity, zloty
from ui.keypad import READERS, Mode
from ui.widgets import row
from ui.words import DAYS, word

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Entry
    from ui.known import Known
    from ui.screens.page import Page
    from ui.widgets.row import Row

# U+2630 takes two cells in newer Unicode tables and is missing in console fonts; this one is CP437.
MENU_SIGN = "≡"
_AROUND = 5
_NAME_MAX = 14


def framed(desk: Desk, width: int, height: int) -> list[Row]:
    """Exactly ``height`` rows of ``width`` cells."""
    page = desk.page
    room = max(1, height - _AROUND)
    body = page.body(width, room)[:room]
    body += [row.row(width)] * (room - len(body))
    rows = [
        status_bar(desk.known, desk.clock, width),
        row.row(width, (f" {page.title}", row.TITLE)),
        *body,
        _message(desk, width),
        _entry(page, width),
        _legend(page, width),
    ]
    return rows[:height]


def status_bar(known: Known, clock: str, width: int) -> Row:
    """Who, when, printer, network, what is not sent, the day: always words, colour only helps."""
    printer = translate("printer OK")
    if not known.printer_online:
        printer = translate("NO PRINTER")
    elif known.waits_for:
        printer = translate("PRINTER: {reason}", reason=in_words(known.waits_for))
    network = translate("network OK") if known.network_online else translate("no network")
    bad_printer = not known.printer_online or bool(known.waits_for)
    operator = known.operator.name if known.operator else translate("logged out")
    parts = [
        (row.clean(operator)[:_NAME_MAX], False),
        (clock, False),
        (printer, bad_printer),
        (network, not known.network_online),
        (_unsent(known), known.unsent is not None and known.unsent.count > 0),
        (word(DAYS, known.day), known.blocked is not None),
    ]
    spans: list[row.Span] = []
    for text, is_bad in parts:
        if text:
            spans += [("│" if spans else "", row.BAR), (text, row.MARK if is_bad else row.BAR)]
    return row.row(width, *spans, ("", row.BAR))


def _unsent(known: Known) -> str:
    unsent = known.unsent
    if unsent is None:
        return ""
    text = translate("all sent")
    if unsent.count:
        since = unsent.oldest_at[11:16]
        text = translate("unsent {count} ({since})", count=unsent.count, since=since)
    return text + (f" !{unsent.rejected}" if unsent.rejected else "")


def _message(desk: Desk, width: int) -> Row:
    if desk.said is None:
        return row.row(width)
    style = row.ERROR if desk.said.is_error else row.NOTE
    return row.row(width, (f" {'!' if desk.said.is_error else '-'} {desk.said.text}", style))


def _entry(page: Page, width: int) -> Row:
    if page.entry.mode is Mode.NONE and not page.prompt:
        return row.row(width)
    return row.row(width, (f" {page.prompt}: {shown(page.entry)}_", row.ENTRY))


def shown(entry: Entry) -> str:
    """The entry field as the till understands it: ``2000`` reads ``20,00``, a PIN reads stars."""
    if entry.mode is Mode.PIN:
        return "*" * len(entry.text)
    times = "" if entry.times_milli is None else f"{quantity(entry.times_milli)} × "
    if entry.mode in READERS and entry.value is not None:
        is_money = entry.mode in {Mode.PRICE, Mode.OFF, Mode.AMOUNT}
        if is_money and "," not in entry.text:
            return f"{zloty(entry.value)} zł"
        return entry.text + {Mode.PERCENT: " %"}.get(entry.mode, " zł" if is_money else "")
    return times + entry.text


def _legend(page: Page, width: int) -> Row:
    spans: list[row.Span] = [
        (f"{MENU_SIGN} F10 ", row.STRONG),
        (translate(page.menu_word), row.DIM),
    ]
    used = sum(len(text) for text, _ in spans)
    for key, meaning in page.legend():
        used += len(key) + len(meaning) + 3
        if used > width:
            break
        spans += [("  ", row.DIM), (f"{key} ", row.STRONG), (meaning, row.DIM)]
    return row.row(width, *spans)
