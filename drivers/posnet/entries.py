"""One entry of a receipt → its command. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import (
    VAT_LETTERS,
    Advance,
    Item,
    LineDiscount,
    Packaging,
    Promotion,
    RateDiscount,
    Subtotal,
)
from drivers.posnet.commands import call_for

if TYPE_CHECKING:
    from drivers.fiscal import Discount, Entry
    from drivers.posnet.commands import Call, Value
    from drivers.posnet.generation import Generation

_Values = dict[str, "Value | None"]
_ONE = 1000


def entry_call(entry: Entry, generation: Generation) -> Call:
    """The command for ``entry``; texts are as long as ``generation`` takes them."""
    name, values = _command(entry)
    return call_for(generation, name, **values)


def _discount(discount: Discount) -> _Values:
    """The amount, and the percent that the printer checks it against."""
    return {
        "rd": not discount.is_markup,
        "rp": discount.percent_bp,
        "rw": discount.amount_gr,
    }


def _named(discount: Discount) -> _Values:
    return {"na": discount.name or None}


def _letter(letter: str) -> int:
    return VAT_LETTERS.index(letter)


def _command(entry: Entry) -> tuple[str, _Values]:  # noqa: PLR0911 - one for each kind
    match entry:
        case Item():
            return "trline", _item(entry)
        case LineDiscount():
            return "trdiscntline", _line_discount(entry)
        case RateDiscount():
            return "trdiscntvat", _rate_discount(entry)
        case Promotion():
            return "trdiscntpromo", _promotion(entry)
        case Packaging():
            return "trpack", _packaging(entry)
        case Advance():
            return "tradvance", _advance(entry)
        case Subtotal(discount):
            named = _named(discount) | _discount(discount) if discount else None
            return ("trdiscntsubtot", named) if named else ("showsubtotal", {})


def _item(item: Item) -> _Values:
    off = item.discount
    return {
        "na": item.name,
        "vt": _letter(item.vat),
        "pr": item.price_gr,
        "st": True if item.is_storno else None,
        "wa": item.value_gr,
        "il": None if item.qty_milli == _ONE else item.qty_milli,
        "op": item.description or None,
        "jm": item.unit or None,
        **({"rn": off.name or None} | _discount(off) if off else {}),
        "np": item.pkwiu or None,
        "nc": item.code or None,
    }


def _line_discount(entry: LineDiscount) -> _Values:
    return {
        "vt": _letter(entry.vat),
        "ds": entry.name,
        "rt": entry.base_gr,
        "st": True if entry.is_storno else None,
        **_discount(entry.discount),
        **_named(entry.discount),
    }


def _rate_discount(entry: RateDiscount) -> _Values:
    return {
        "vt": _letter(entry.vat),
        **_discount(entry.discount),
        **_named(entry.discount),
        "rt": entry.base_gr,
    }


def _promotion(entry: Promotion) -> _Values:
    return {
        "vt": _letter(entry.vat),
        "rw": entry.amount_gr,
        "st": True if entry.is_storno else None,
        "na": entry.name or None,
    }


def _packaging(entry: Packaging) -> _Values:
    return {
        "na": entry.number or None,
        "ne": True if entry.is_return else None,
        "st": True if entry.is_storno else None,
        "pr": entry.price_gr,
        "il": entry.quantity,
        "wa": entry.value_gr,
        "de": entry.description or None,
    }


def _advance(entry: Advance) -> _Values:
    return {
        "na": entry.name or None,
        "vt": _letter(entry.vat),
        "pr": entry.amount_gr,
        "st": True if entry.is_storno else None,
        "wa": entry.base_gr,
    }
