"""An order or a quote that is being written: lines and terms. Pure: a verb gives a new draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.money import AMOUNT_MAX_GR
from terminal.sync.wire import SalesLine, SalesType, gross_of
from terminal.sync.wire.moments import is_day

if TYPE_CHECKING:
    from terminal.store.catalogue import Article

LINES_MAX = 500
NOTE_MAX = 2000
QTY_MAX_MILLI = 999_999_999
_PERCENT_BP_MAX = 9_999


class Draft(Struct, frozen=True):
    """What is written so far; ``due`` is the day of delivery, or until when a quote holds."""

    type: SalesType
    customer: str
    lines: tuple[SalesLine, ...] = ()
    due: str = ""
    note: str = ""
    visit: str = ""

    @property
    def total_gr(self) -> int:
        """What the lines come to."""
        return sum(line.gross_gr for line in self.lines)


def add(draft: Draft, article: Article, qty_milli: int, price_gr: int) -> Draft:
    """One more line. Raises E-18 for nothing or too much, E-61 for decimals."""
    if len(draft.lines) >= LINES_MAX:
        raise Rejected(Code.BAD_AMOUNT)
    line = SalesLine(
        article.id,
        article.name,
        article.unit,
        article.vat,
        qty_milli,
        price_gr,
        gross_of(price_gr, qty_milli, 0),
        plu=article.plu,
        barcode=article.barcode,
        precision=article.precision,
    )
    return _with_lines(draft, (*draft.lines, _checked(line)))


def change(draft: Draft, no: int, qty_milli: int, price_gr: int, percent_bp: int) -> Draft:
    """Line ``no`` (from 0) with another quantity, price and discount. Raises as ``add``, E-19."""
    line = line_of(draft, no)
    if not 0 <= percent_bp <= _PERCENT_BP_MAX:
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    changed = replace(
        line,
        qty_milli=qty_milli,
        price_gr=price_gr,
        percent_bp=percent_bp,
        gross_gr=gross_of(price_gr, qty_milli, percent_bp),
    )
    return _with_lines(draft, (*draft.lines[:no], _checked(changed), *draft.lines[no + 1 :]))


def remove(draft: Draft, no: int) -> Draft:
    """The draft without line ``no``."""
    line_of(draft, no)
    return replace(draft, lines=(*draft.lines[:no], *draft.lines[no + 1 :]))


def with_terms(draft: Draft, due: str, note: str) -> Draft:
    """The draft with a day and a note. Raises E-199."""
    if due and not is_day(due):
        raise Rejected(Code.BAD_FIELD, field="due", reason=translate(_("No such day")))
    return replace(draft, due=due, note=checked_note(note))


def checked_note(text: str) -> str:
    """A note without spaces around it; raises E-199 for one that is too long."""
    note = text.strip()
    if len(note) > NOTE_MAX:
        reason = translate(_("at most {count} characters"), count=NOTE_MAX)
        raise Rejected(Code.BAD_FIELD, field="note", reason=reason)
    return note


def line_of(draft: Draft, no: int) -> SalesLine:
    """Line ``no``; raises E-17 where there is none."""
    if not 0 <= no < len(draft.lines):
        raise Rejected(Code.EMPTY_RECEIPT)
    return draft.lines[no]


def _checked(line: SalesLine) -> SalesLine:
    if not (0 < line.price_gr <= AMOUNT_MAX_GR and 0 < line.qty_milli <= QTY_MAX_MILLI):
        raise Rejected(Code.BAD_AMOUNT)
    if line.qty_milli % 10 ** (3 - line.precision):
        raise Rejected(Code.NOT_A_WHOLE, name=line.name, precision=line.precision)
    if not 0 < line.gross_gr <= AMOUNT_MAX_GR:
        raise Rejected(Code.DISCOUNT_TOO_BIG if line.percent_bp else Code.BAD_AMOUNT)
    return line


def _with_lines(draft: Draft, lines: tuple[SalesLine, ...]) -> Draft:
    changed = replace(draft, lines=lines)
    if changed.total_gr > AMOUNT_MAX_GR:
        raise Rejected(Code.BAD_AMOUNT)
    return changed
