"""What stands around every page: status bar, heading, message, entry field, keys. Pure rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.sale.waiting import in_words
from ui.amounts import quantity, zloty
from ui.day_words import banner, day_word, minutes_left
from ui.keypad import READERS, Mode
from ui.training import SIGN
from ui.widgets import row

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.keypad import Entry
    from ui.known import Known
    from ui.screens.page import Page
    from ui.widgets.row import Row

# U+2630 takes two cells in newer Unicode tables and is missing in console fonts; this one is CP437.
MENU_SIGN = "≡"
# Plain letters: no console font has an antenna.
ANTENNA, ANTENNA_LIT = " Y ", "(Y)"
_AROUND = 5
_UNITS = {Mode.PERCENT: " %", Mode.PERCENT_ON: " %"}
_NAME_MAX = 14


def framed(desk: Desk, width: int, height: int) -> list[Row]:
    """Exactly ``height`` rows of ``width`` cells."""
    page = desk.page
    room = max(1, height - _AROUND)
    body = page.body(width, room)[:room]
    body += [row.row(width)] * (room - len(body))
    left = minutes_left(desk.known, desk.till.now())
    rows = [
        status_bar(desk.known, desk.clock, width, is_lit=desk.is_antenna_lit, left=left),
        _heading(desk, width),
        *body,
        _message(desk, width),
        _entry(page, width),
        _legend(page, width),
    ]
    return rows[:height]


def status_bar(
    known: Known, clock: str, width: int, *, is_lit: bool = False, left: int | None = None
) -> Row:
    """Who, when, printer, network, what is not sent, the day: always words, colour only helps.

    The antenna behind the name is lit, now and then, while data moves; ``left`` are the minutes
    that the day may still sell.
    """
    operator = known.operator.name if known.operator else translate("logged out")
    antenna = ANTENNA_LIT if is_lit else ANTENNA
    is_unsent = known.unsent is not None and known.unsent.count > 0
    parts = [
        (row.clean(operator)[:_NAME_MAX] + antenna, row.MARK if is_lit else row.BAR),
        (clock, row.BAR),
        _printer(known),
        _network(known),
        (_unsent(known), row.MARK if is_unsent else row.BAR),
        (day_word(known, left), row.MARK if known.blocked is not None else row.BAR),
    ]
    spans: list[row.Span] = []
    for text, style in parts:
        if text:
            spans += [("│" if spans else "", row.BAR), (text, style)]
    return row.row(width, *spans, ("", row.BAR))


def _printer(known: Known) -> row.Span:
    """Green: it prints; yellow: somebody must do something at it; red: it does not answer."""
    if not known.printer_online:
        return translate("NO PRINTER"), row.ERROR
    if known.waits_for:
        return translate("PRINTER: {reason}", reason=in_words(known.waits_for)), row.MARK
    return translate("printer OK"), row.GOOD


def _network(known: Known) -> row.Span:
    """Green: the office answers; yellow: it rejected something; red: it does not answer."""
    if not known.network_online:
        return translate("no network"), row.ERROR
    is_rejected = known.unsent is not None and known.unsent.rejected > 0
    return translate("network OK"), row.MARK if is_rejected else row.GOOD


def _unsent(known: Known) -> str:
    unsent = known.unsent
    if unsent is None:
        return ""
    text = translate("all sent")
    if unsent.count:
        since = unsent.oldest_at[11:16]
        text = translate("unsent {count} ({since})", count=unsent.count, since=since)
    return text + (f" !{unsent.rejected}" if unsent.rejected else "")


def _heading(desk: Desk, width: int) -> Row:
    if _is_training(desk):
        return row.row(width, (f" {SIGN} ", row.ERROR), (f" {desk.page.title}", row.ERROR))
    title = (f" {desk.page.title}", row.TITLE)
    red = banner(desk.known)
    return row.row(width, (f" {red} ", row.ERROR), title) if red else row.row(width, title)


def _is_training(desk: Desk) -> bool:
    return desk.training is not None and desk.training.is_on


def _message(desk: Desk, width: int) -> Row:
    if desk.said is None and _is_training(desk):
        nothing = translate("nothing is printed, counted, sent or kept")
        return row.row(width, (f" {SIGN}: {nothing}", row.ERROR))
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
        is_money = entry.mode in {Mode.PRICE, Mode.OFF, Mode.ON, Mode.AMOUNT}
        if is_money and "," not in entry.text:
            return f"{zloty(entry.value)} zł"
        return entry.text + _UNITS.get(entry.mode, " zł" if is_money else "")
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
