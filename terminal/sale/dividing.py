"""Splits a receipt and merges two, to the grosz. Pure.

The rule: what the customers owe together is the same before and after, for each VAT letter. So a
discount on the whole receipt becomes discounts on its lines first, spread over the lines of each
letter; a line is divided only into parts that add up to it. What cannot be done so is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.fiscal import VAT_LETTERS
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.line import Line, check
from terminal.sale.verbs import LINES_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.sale.receipt import Receipt


def split(receipt: Receipt, parts: Mapping[int, int], rid: str) -> tuple[Receipt, Receipt]:
    """What stays, and a receipt ``rid`` with ``parts``: line (from 0) and how much of it.

    Both must have lines. Raises E-17, E-18, E-19, E-61, E-113.
    """
    if any(not 0 <= no < len(receipt.lines) or receipt.lines[no].is_void for no in parts):
        raise Rejected(Code.EMPTY_RECEIPT)
    folded = _folded(receipt)
    stays, goes = [], []
    for no, line in enumerate(folded.lines):
        left, part = _divided(line, parts.get(no, 0))
        stays += [left] if left else []
        goes += [part] if part else []
    rest = replace(folded, lines=tuple(stays))
    # An order is fulfilled once: by what stays.
    moved = replace(folded, rid=rid, lines=tuple(goes), fulfils="")
    if rest.is_empty or moved.is_empty:
        raise Rejected(Code.EMPTY_RECEIPT)
    return rest, moved


def merge(receipt: Receipt, other: Receipt) -> Receipt:
    """``receipt`` with the lines of ``other`` behind its own.

    Raises E-19 when a discount cannot be spread, E-113 for two buyers or too many lines.
    """
    if receipt.nip and other.nip and receipt.nip != other.nip:
        nips = {"one": receipt.nip, "other": other.nip}
        raise _refused(translate(_("the buyers differ: NIP {one} and {other}"), **nips))
    if len(receipt.lines) + len(other.lines) > LINES_MAX:
        raise _refused(translate(_("too many lines for one receipt")))
    ours, theirs = _folded(receipt), _folded(other)
    if receipt.percent_mode is not other.percent_mode:
        # Their percents were rounded in another way: they stay as the amounts they were.
        theirs = replace(theirs, lines=tuple(replace(it, percent_bp=0) for it in theirs.lines))
    if receipt.fulfils and other.fulfils and receipt.fulfils != other.fulfils:
        raise _refused(translate(_("each fulfils an order of its own")))
    known = receipt if receipt.customer_id else other
    return replace(
        ours,
        lines=(*ours.lines, *theirs.lines),
        nip=receipt.nip or other.nip,
        customer_id=known.customer_id,
        customer=known.customer,
        age_checked=max(receipt.age_checked, other.age_checked),
        fulfils=receipt.fulfils or other.fulfils,
    )


def _folded(receipt: Receipt) -> Receipt:
    """The receipt with its discount on the lines instead; owes the same for each VAT letter."""
    if not receipt.discount_gr:
        return replace(receipt, percent_bp=0)
    lines = list(receipt.lines)
    for letter, total_gr in zip(VAT_LETTERS, receipt.totals_gr, strict=True):
        places = [no for no, line in enumerate(lines) if line.vat == letter and not line.is_void]
        before = [lines[no].gross_gr for no in places]
        for no, off_gr in zip(places, _shares(before, sum(before) - total_gr), strict=True):
            if off_gr:
                off = lines[no].discount_gr + off_gr
                lines[no] = check(replace(lines[no], discount_gr=off, percent_bp=0))
    folded = replace(receipt, lines=tuple(lines), discount_gr=0, percent_bp=0)
    return replace(folded, discount_id="", discount_name="")


def _shares(amounts: list[int], off_gr: int) -> list[int]:
    """``off_gr`` in proportion to ``amounts``; each keeps a grosz. Raises E-19 when none can."""
    if off_gr > sum(amounts) - len(amounts):
        raise Rejected(Code.DISCOUNT_TOO_BIG)
    total, carried = sum(amounts), 0
    shares = []
    for amount in amounts:
        share, rest = divmod(amount * off_gr, total)
        carried += rest
        if carried >= total:
            share, carried = share + 1, carried - total
        shares.append(min(share, amount - 1))
    left = off_gr - sum(shares)
    for place, amount in enumerate(amounts):
        more = min(left, amount - 1 - shares[place])
        shares[place] += more
        left -= more
    return shares


def _divided(line: Line, qty_milli: int) -> tuple[Line | None, Line | None]:
    """What stays of a line, and the part of it that goes."""
    if not qty_milli:
        return line, None
    if qty_milli == line.qty_milli:
        return None, line
    if not 0 < qty_milli < line.qty_milli:
        raise Rejected(Code.BAD_AMOUNT)
    rest = replace(line, qty_milli=line.qty_milli - qty_milli)
    part = replace(line, qty_milli=qty_milli)
    if rest.value_gr + part.value_gr != line.value_gr:
        why = translate(_("the parts of {name} differ from it by a grosz"), name=line.name)
        raise _refused(why)
    if line.discount_gr:
        # An amount from here on: two rounded percents need not be the one that was given.
        off = _shares([rest.value_gr, part.value_gr], line.discount_gr)
        rest = replace(rest, discount_gr=off[0], percent_bp=0)
        part = replace(part, discount_gr=off[1], percent_bp=0)
    return check(rest), check(part)


def _refused(reason: str) -> Rejected:
    return Rejected(Code.CANNOT_DIVIDE, reason=reason)
