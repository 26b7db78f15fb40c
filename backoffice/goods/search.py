"""Finds a shop's goods: by parts of the name, PLU or bar code, filtered, sorted, page by page.

A page begins behind the last row of the one before (its key and id), never at a count of rows, so
the thousandth page costs what the first one does and rows that come or go shift nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import and_, func, or_, select, true, tuple_

from backoffice.folding import folded
from backoffice.store.tables import data_row, goods, goods_code
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Select

PAGE_ROWS = 50
WORDS_MAX = 8
TEXT_MAX = 80
_AT_A_TIME = 2000
_CODE_DIGITS, _PLU_DIGITS = 14, 9
_product = msgspec.json.Decoder(wire.Product).decode

_KEYS = {
    "name": goods.c.folded,
    "plu": goods.c.plu,
    "price": goods.c.price_gr,
    "changed": goods.c.revision,
}
SORTS = tuple(f"{sign}{name}" for name in _KEYS for sign in ("", "-"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty fields ask for nothing.

    ``categories`` are ids, those below a chosen one included; an empty id is that of goods in none.
    ``sort`` is one of ``SORTS``, with ``-`` for the highest first.
    """

    text: str = ""
    categories: frozenset[str] | None = None
    vat: str = ""
    unit: str = ""
    active: Literal["", "yes", "no"] = ""
    price: Literal["", "open", "none", "fixed"] = ""
    codes: Literal["", "some", "none"] = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """One product, as its row has it, and the revision of that row."""

    revision: int
    product: wire.Product
    key: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in their order; ``after`` is where the next page begins, None at the end."""

    rows: list[Found]
    after: tuple[str, str] | None


def page(
    connection: Connection,
    shop: str,
    wanted: Wanted,
    after: tuple[str, str] | None = None,
    limit: int = PAGE_ROWS,
) -> Page:
    """A page of what is wanted; goods of exactly that PLU or code come before all others."""
    first = exact(connection, shop, wanted)
    leading = [] if after else _exact_rows(connection, shop, wanted, first)
    others = goods.c.id.not_in(first) if first else true()
    rest = _rows(connection, shop, wanted, limit + 1, after, others)
    shown = rest[:limit]
    last = (shown[-1].key, shown[-1].product.id) if len(rest) > limit else None
    return Page(leading + shown, last)


def one(connection: Connection, shop: str, row_id: str) -> Found | None:
    """One product by its id."""
    row = connection.execute(
        _joined(shop).where(goods.c.shop == shop, goods.c.id == row_id)
    ).first()
    return Found(row.revision, _product(row.body), "") if row else None


def exact(connection: Connection, shop: str, wanted: Wanted) -> frozenset[str]:
    """Ids of goods whose PLU or bar code is the text itself."""
    text = wanted.text.strip()
    if not _is_code(text):
        return frozenset()
    by_code = select(goods_code.c.product).where(
        goods_code.c.shop == shop, goods_code.c.code == text
    )
    found = set(connection.scalars(by_code))
    by_plu = select(goods.c.id).where(goods.c.shop == shop, goods.c.plu == _plu(text))
    return frozenset(found | set(connection.scalars(by_plu)))


def count(connection: Connection, shop: str, wanted: Wanted) -> int:
    """How many are wanted."""
    chosen = select(func.count()).select_from(goods)
    return connection.scalar(chosen.where(*conditions(shop, wanted))) or 0


def ids(connection: Connection, shop: str, wanted: Wanted) -> list[str]:
    """All that are wanted, in the order of their names."""
    chosen = select(goods.c.id).where(*conditions(shop, wanted))
    return list(connection.scalars(chosen.order_by(goods.c.folded, goods.c.id)))


def every(connection: Connection, shop: str, wanted: Wanted) -> Iterator[wire.Product]:
    """All that are wanted, never many of them in memory."""
    chosen = _joined(shop).where(*conditions(shop, wanted))
    ordered = chosen.order_by(goods.c.folded, goods.c.id)
    for row in connection.execute(ordered, execution_options={"yield_per": _AT_A_TIME}):
        yield _product(row.body)


def packs(
    connection: Connection, shop: str, products: Iterable[str]
) -> Mapping[str, Sequence[str]]:
    """Codes of multipacks by product."""
    chosen = select(goods_code.c.product, goods_code.c.code).where(
        goods_code.c.shop == shop, goods_code.c.is_pack, goods_code.c.product.in_(list(products))
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(chosen.order_by(goods_code.c.code)):
        found.setdefault(row.product, []).append(row.code)
    return found


def conditions(shop: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a row of the table of goods must fulfil."""
    needed: list[ColumnElement[bool]] = [goods.c.shop == shop]
    if text := wanted.text.strip()[:TEXT_MAX]:
        needed.append(_of_text(text))
    if wanted.categories is not None:
        needed.append(goods.c.category.in_(sorted(wanted.categories)))
    if wanted.vat:
        needed.append(goods.c.vat == wanted.vat)
    if wanted.unit:
        needed.append(goods.c.unit == wanted.unit)
    if wanted.active:
        needed.append(goods.c.is_active.is_(wanted.active == "yes"))
    if wanted.price:
        needed.append(_PRICES[wanted.price])
    if wanted.codes:
        needed.append(goods.c.codes != "" if wanted.codes == "some" else goods.c.codes == "")
    return needed


_PRICES: dict[str, ColumnElement[bool]] = {
    "open": goods.c.is_open_price.is_(True),
    "none": goods.c.price_gr == 0,
    "fixed": and_(goods.c.is_open_price.is_(False), goods.c.price_gr > 0),
}


def _of_text(text: str) -> ColumnElement[bool]:
    """Each word is a part of the name; digits may also begin a code, or be a PLU."""
    words = folded(text).split()[:WORDS_MAX]
    of_name = and_(true(), *(goods.c.folded.contains(word, autoescape=True) for word in words))
    if not _is_code(text):
        return of_name
    return or_(of_name, goods.c.plu == _plu(text), goods.c.codes.contains(f" {text}"))


def _exact_rows(
    connection: Connection, shop: str, wanted: Wanted, first: frozenset[str]
) -> list[Found]:
    if not first:
        return []
    any_name = replace(wanted, text="")
    return _rows(connection, shop, any_name, len(first), None, goods.c.id.in_(first))


def _rows(
    connection: Connection,
    shop: str,
    wanted: Wanted,
    limit: int,
    after: tuple[str, str] | None,
    which: ColumnElement[bool],
) -> list[Found]:
    key = _KEYS[wanted.sort.removeprefix("-")]
    is_down = wanted.sort.startswith("-")
    chosen = _joined(shop).add_columns(key.label("key"))
    chosen = chosen.where(*conditions(shop, wanted), which)
    if after is not None:
        place = tuple_(key, goods.c.id)
        start = (_read_key(wanted.sort, after[0]), after[1])
        chosen = chosen.where(place < start if is_down else place > start)
    order = (key.desc(), goods.c.id.desc()) if is_down else (key, goods.c.id)
    rows = connection.execute(chosen.order_by(*order).limit(limit))
    return [Found(row.revision, _product(row.body), str(row.key)) for row in rows]


def _read_key(sort: str, key: str) -> Any:  # noqa: ANN401 (a text or a number, as the column)
    if sort.endswith("name"):
        return key
    return int(key) if key.isdecimal() and len(key) < 18 else 0  # noqa: PLR2004 (fits the column)


def _joined(shop: str) -> Select[Any]:
    same = and_(
        data_row.c.set_name == "products", data_row.c.shop == shop, data_row.c.id == goods.c.id
    )
    return select(goods.c.revision, data_row.c.body).select_from(goods.join(data_row, same))


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _CODE_DIGITS


def _plu(digits: str) -> int:
    """The PLU they are, -1 when they are none."""
    return int(digits) if len(digits) <= _PLU_DIGITS and not digits.startswith("0") else -1
