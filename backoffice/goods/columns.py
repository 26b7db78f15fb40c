"""The columns of a sheet of goods: iPOS's, in its order, and ours behind them. No files here.

iPOS's columns are known by place or by any of their names. How its order goes on behind the type is
not published in full; what we take for the rest is said in ``docs/office-goods.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backoffice.crosscheck_goods import INACTIVE_BP
from backoffice.folding import folded
from backoffice.reasons import Reason
from backoffice.web import sheet, typed
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backoffice.web.sheet import Cell
    from terminal.sync import wire

_TRUE = frozenset({"true", "1", "yes", "tak", "t", "oui", "si"})
_FALSE = frozenset({"false", "0", "no", "nie", "n", "non"})
_KINDS = {"T": "goods", "U": "service", "R": "recipe"}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
CODES_MAX = 50
EXEMPT_BP = 10_000


# What each product has for itself.
_OWN = frozenset({"id", "plu", "external_id", "barcodes", "name"})


class BadCell(ValueError):
    """What stands in a cell is not what its column holds."""

    def __init__(self, message: str, **values: object) -> None:
        self.reason = Reason(message, **values)
        super().__init__(str(self.reason))


@dataclass(frozen=True, slots=True)
class Known:
    """What cells of a shop's goods refer to, by id and by folded name."""

    units: Mapping[str, wire.Unit]
    categories: Mapping[str, wire.Category]
    rates: Mapping[str, wire.VatRate]
    unit_ids: Mapping[str, str]
    category_ids: Mapping[str, str]
    letters: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its name in exports, and others that are understood.

    ``read`` gives the value of the field, ``written`` what an export shows.
    """

    field: str
    name: str
    others: tuple[str, ...]
    read: Callable[[str, Known], Any]
    written: Callable[[wire.Product, Known], Cell]

    @property
    def repeats(self) -> bool:
        """Whether the same cell comes again and again."""
        return self.field not in _OWN


def known(
    units: Mapping[str, wire.Unit],
    categories: Mapping[str, wire.Category],
    rates: Mapping[str, wire.VatRate],
) -> Known:
    """Names of what a shop has; of two with one name the first is meant."""
    unit_ids: dict[str, str] = {}
    category_ids: dict[str, str] = {}
    letters: dict[int, str] = {}
    for unit in units.values():
        unit_ids.setdefault(folded(unit.name), unit.id)
    for category in categories.values():
        category_ids.setdefault(folded(category.name), category.id)
    for row in rates.values():
        if row.rate_bp != INACTIVE_BP:
            letters.setdefault(row.rate_bp, row.id)
    return Known(units, categories, rates, unit_ids, category_ids, letters)


def of_header(cells: list[str]) -> list[Column] | None:
    """Columns that the first line names, None when it names none: then it is iPOS's order."""
    found = [_BY_NAME.get(_plain(cell)) for cell in cells]
    if not any(found):
        return None
    for cell, column in zip(cells, found, strict=True):
        if column is None:
            raise BadCell(_("No column of goods is called “{name}”"), name=cell[:40])
    columns = [column for column in found if column is not None]
    for column in columns:
        if columns.count(column) > 1:
            raise BadCell(_("The column “{name}” is there twice"), name=column.name)
    return columns


def _words(cell: str, _known: Known) -> str:
    return cell


def _plu(cell: str, _known: Known) -> str:
    if not (cell.isascii() and cell.isdecimal()) or cell.startswith("0") or len(cell) > 9:  # noqa: PLR2004 (the till's)
        raise BadCell(_("A PLU has up to 9 digits and does not begin with 0"))
    return cell


def _codes(cell: str, _known: Known) -> list[str]:
    codes = [code.strip() for code in cell.replace("|", ",").replace(" ", ",").split(",")]
    found = [code for code in codes if code]
    if len(found) > CODES_MAX:
        raise BadCell(_("At most {most} bar codes"), most=CODES_MAX)
    for code in found:
        if not (code.isascii() and code.isdecimal() and 6 <= len(code) <= 14):  # noqa: PLR2004 (EAN)
            raise BadCell(_("A bar code has 6 to 14 digits: “{code}”"), code=code[:20])
    return found


def _kind(cell: str, _known: Known) -> str:
    if cell.upper() not in _KINDS:
        raise BadCell(_("T for goods, U for a service, R for a recipe"))
    return _KINDS[cell.upper()]


def _unit(cell: str, known: Known) -> str:
    row_id = known.unit_ids.get(folded(cell), cell)
    if row_id not in known.units:
        raise BadCell(_("No unit “{name}”: add it first"), name=cell[:20])
    return row_id


def _precision(cell: str, _known: Known) -> int:
    if cell not in {"0", "1", "2", "3"}:
        raise BadCell(_("The decimals of the unit, 0 to 3"))
    return int(cell)


def _vat(cell: str, known: Known) -> str:
    if cell.upper() in {"A", "B", "C", "D", "E", "F", "G"}:
        return cell.upper()
    rate_bp = EXEMPT_BP if folded(cell).startswith("zw") else _typed(typed.percent, cell)
    letter = known.letters.get(rate_bp)
    if letter is None:
        raise BadCell(_("No VAT letter of the shop has the rate {rate}"), rate=cell[:12])
    return letter


def _price(cell: str, _known: Known) -> int:
    amount_gr = _typed(typed.money, cell)
    if not 0 <= amount_gr <= 9_999_999_999:  # noqa: PLR2004 (what a till takes)
        raise BadCell(_("A price lies between 0,00 and 99999999,99"))
    return amount_gr


def _category(cell: str, known: Known) -> str:
    row_id = known.category_ids.get(folded(cell), cell)
    if row_id not in known.categories:
        raise BadCell(_("No category “{name}”: add it first"), name=cell[:40])
    return row_id


def _gtu(cell: str, _known: Known) -> str:
    digits = cell.upper().removeprefix("GTU").strip("_ ").rjust(2, "0")
    if digits not in {f"{number:02d}" for number in range(1, 14)}:
        raise BadCell(_("A GTU code goes from GTU_01 to GTU_13"))
    return f"GTU_{digits}"


def _truth(cell: str, _known: Known) -> bool:
    if folded(cell) not in _TRUE | _FALSE:
        raise BadCell(_("“{cell}” is neither yes nor no"), cell=cell[:20])
    return folded(cell) in _TRUE


def _age(cell: str, _known: Known) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 2):  # noqa: PLR2004 (years)
        raise BadCell(_("An age in whole years, or 0"))
    return int(cell)


def _typed(read: Callable[[str], int], cell: str) -> int:
    try:
        return read(cell)
    except typed.NotUnderstood as error:
        raise BadCell(error.reason.message, **error.reason.values) from None


def _unit_name(row: wire.Product, known: Known) -> str:
    """Its name where that means this unit."""
    unit = known.units.get(row.unit)
    return unit.name if unit and known.unit_ids[folded(unit.name)] == unit.id else row.unit


def _category_name(row: wire.Product, known: Known) -> str:
    category = known.categories.get(row.category)
    if category and known.category_ids[folded(category.name)] == category.id:
        return category.name
    return row.category


COLUMNS = (
    Column("id", "ID", ("ID wewnętrzne", "internal id", "id"), _words, lambda it, _: it.id),
    Column("plu", "PLU", (), _plu, lambda it, _: int(it.plu) if it.plu else ""),
    Column(
        "external_id", "ID zewnętrzne", ("external id", "external_id"), _words,
        lambda it, _: it.external_id,
    ),
    Column(
        "barcodes", "Kody kreskowe", ("kod kreskowy", "EAN", "barcodes", "barcode"), _codes,
        lambda it, _: ",".join(it.barcodes),
    ),
    Column("name", "Nazwa", ("name", "nom", "nombre"), _words, lambda it, _: it.name),
    Column("kind", "Typ", ("type", "kind", "tipo"), _kind, lambda it, _: _LETTERS[it.kind]),
    Column(
        "unit", "Jednostka", ("jm", "j.m.", "unit", "unité", "unidad"), _unit,
        _unit_name,
    ),
    Column(
        "precision", "Precyzja", ("precision", "dokładność"), _precision,
        lambda it, known: known.units[it.unit].precision if it.unit in known.units else "",
    ),
    Column("vat", "VAT", ("stawka VAT", "stawka", "PTU", "TVA", "IVA"), _vat, lambda it, _: it.vat),
    Column(
        "price_gr", "Cena", ("cena brutto", "price", "prix", "precio"), _price,
        lambda it, _: sheet.money(it.price_gr),
    ),
    Column(
        "category", "Kategoria", ("category", "catégorie", "categoría"), _category,
        _category_name,
    ),
    Column("gtu", "GTU", ("kod GTU",), _gtu, lambda it, _: it.gtu),
    Column(
        "is_open_price", "Cena otwarta", ("open price", "is_open_price"), _truth,
        lambda it, _: "tak" if it.is_open_price else "nie",
    ),
    Column(
        "is_active", "Aktywny", ("active", "is_active", "actif", "activo"), _truth,
        lambda it, _: "tak" if it.is_active else "nie",
    ),
    Column("min_age", "Wiek", ("od lat", "min_age", "age"), _age, lambda it, _: it.min_age or ""),
)  # fmt: skip


def _plain(name: str) -> str:
    return folded(name.replace("_", " ")).rstrip(" .:*")


_BY_NAME = {_plain(name): column for column in COLUMNS for name in (column.name, *column.others)}
