"""Between the form of a product and its rows: what was typed becomes fields, or faults. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stdnum import ean

from backoffice.web import typed
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from backoffice.web.goods.around import Around
    from terminal.sync import wire

PACKS_MAX = 20
_EANS = {8, 12, 13, 14}
TEXTS = (
    "name", "plu", "external_id", "unit", "vat", "category", "kind", "gtu", "price", "price_is",
    "min_age", "barcodes",
)  # fmt: skip


@dataclass(slots=True)
class Form:
    """What stands in the fields, what they mean, and what is wrong with which of them."""

    texts: dict[str, str]
    packs: list[tuple[str, str]] = field(default_factory=list)
    is_active: bool = True
    is_open_price: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def fresh(around: Around) -> Form:
    """The form of a new product."""
    letter = next((letter for letter, _name in around.vat_choices), "")
    proposed = {"price_is": "gross", "kind": "goods", "unit": around.usual_unit, "vat": letter}
    return Form({**dict.fromkeys(TEXTS, ""), **proposed})


def filled(row: wire.Product, packs: Mapping[str, int]) -> Form:
    """The form of a product as it is."""
    texts = {
        **{name: getattr(row, name) for name in TEXTS if hasattr(row, name)},
        "price": typed.as_money(row.price_gr),
        "price_is": "gross",
        "min_age": str(row.min_age or ""),
        "barcodes": "\n".join(row.barcodes),
    }
    several = [(code, typed.as_quantity(qty_milli)) for code, qty_milli in packs.items()]
    return Form(texts, several, row.is_active, row.is_open_price)


def read(
    told: Mapping[str, Any], around: Around, known: Collection[str] = ()
) -> tuple[Form, dict[str, Any], dict[str, int]]:
    """What was typed: the form as it was, the fields of the row, and codes of multipacks.

    A code whose check digit is wrong wants a second look, unless it is ``known`` or was looked at.
    """
    texts = {name: _text(told.get(name)) for name in TEXTS}
    form = Form(
        texts,
        list(zip(_texts(told.get("pack")), _texts(told.get("pack_quantity")), strict=False)),
        bool(told.get("is_active")),
        bool(told.get("is_open_price")),
    )
    price_gr = _read(form, "price", typed.money, texts["price"]) if texts["price"] else 0
    if texts["price_is"] == "net":
        price_gr = around.gross_gr(price_gr, texts["vat"])
    row: dict[str, Any] = {
        "name": " ".join(texts["name"].split()),
        "plu": texts["plu"].strip(),
        "external_id": texts["external_id"].strip(),
        "unit": texts["unit"],
        "vat": texts["vat"],
        "category": texts["category"],
        "kind": texts["kind"] or "goods",
        "gtu": texts["gtu"],
        "price_gr": price_gr,
        "min_age": _read(form, "min_age", typed.number, texts["min_age"])
        if texts["min_age"]
        else 0,
        "barcodes": [code for code in re.split(r"[\s,;]+", texts["barcodes"]) if code],
        "is_open_price": form.is_open_price,
        "is_active": form.is_active,
    }
    packs: dict[str, int] = {}
    for code, quantity in form.packs:
        if code.strip():
            packs[code.strip()] = _read(form, "packs", typed.quantity, quantity or "1")
    form.packs = [pair for pair in form.packs if any(pair)]
    if not told.get("sure"):
        _check_digits(form, [code for code in (*row["barcodes"], *packs) if code not in known])
    return form, row, packs


def _check_digits(form: Form, codes: list[str]) -> None:
    """An EAN whose check digit is wrong was typed wrongly; other lengths have none."""
    wrong = [code for code in codes if len(code) in _EANS and not ean.is_valid(code)]
    for code in wrong:
        text = _("The check digit of {code} is wrong: look at it once more.", code=code)
        form.warnings.append(text)


def _read(form: Form, name: str, read: Callable[[str], int], text: str) -> int:
    try:
        return read(text)
    except typed.NotUnderstood as error:
        form.errors[name] = error.reason.said(_)
        return 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [_text(one) for one in several][:PACKS_MAX]
