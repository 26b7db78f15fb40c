"""The till's copy of what the back office sent: reads articles, people, settings; applies pages.

Nothing here is born on the till. Reading (``Catalogue``) and writing (``apply``) use connections of
their own. The search by name is in ``search``, what lets codes and names be found in ``indexes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from terminal.context import local_now
from terminal.sale.money import QTY_ONE, divide_half_up
from terminal.store.db import write
from terminal.store.indexes import Touched
from terminal.store.tables import TABLES, as_json
from terminal.sync.wire import Currency, Discount, PaymentMethod, Role, Settings, Shop, Stock, User

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from msgspec import Struct

Row = TypeVar("Row", bound="Struct")

# A letter that the office did not send counts as inactive: the sale then says so.
_RATE_INACTIVE_BP = 10_100


@dataclass(frozen=True, slots=True)
class Article:
    """A product as the till sells it today; ``barcode`` is the one scanned, else the first.

    ``qty_milli`` is how much of it the code stands for by which it was found.
    """

    id: str
    plu: str
    barcode: str
    name: str
    unit: str
    precision: int
    vat: str
    rate_bp: int
    price_gr: int
    category: str
    is_weighed: bool
    is_open_price: bool
    qty_milli: int = QTY_ONE
    min_age: int = 0

    def quantity(self, times_milli: int) -> int:
        """How much is sold when its code comes ``times_milli`` times."""
        return divide_half_up(times_milli * self.qty_milli, QTY_ONE)


# Its parameter is today, and comes before those of the questions below.
_PRICE_TODAY = """
    (SELECT o.price_gr FROM offer o
    WHERE o.product = p.no AND ? BETWEEN o.valid_from AND o.valid_to
    ORDER BY o.place, o.price_list LIMIT 1)
"""
_ARTICLE = f"""
    p.name, coalesce(u.name, ''), coalesce(u.precision, 0), p.vat,
    coalesce(v.rate_bp, {_RATE_INACTIVE_BP}), coalesce({_PRICE_TODAY}, p.price_gr), p.category,
    coalesce(u.is_weighed, 0), p.is_open_price
"""
_FIRST_BARCODE = "coalesce(p.barcodes ->> 0, '')"
_JOINS = """
    LEFT JOIN unit u ON u.id = p.unit
    LEFT JOIN vat_rate v ON v.id = p.vat AND NOT v.is_removed
"""
_BY_CODE = f"""
    SELECT p.id, p.plu, iif(c.code = p.plu, {_FIRST_BARCODE}, c.code), {_ARTICLE}, c.qty_milli,
        p.min_age
    FROM barcode c JOIN product p ON p.no = c.product {_JOINS}
    WHERE c.code = ?
"""  # noqa: S608 - pieces of our own
_BY_NO = f"""
    SELECT p.no, p.id, p.plu, {_FIRST_BARCODE}, {_ARTICLE}, {QTY_ONE}, p.min_age
    FROM json_each(?) n JOIN product p ON p.no = n.value {_JOINS}
"""  # noqa: S608 - pieces of our own
_BY_ID = f"""
    SELECT p.id, p.plu, {_FIRST_BARCODE}, {_ARTICLE}, {QTY_ONE}, p.min_age
    FROM product p {_JOINS}
    WHERE p.id = ? AND p.is_active AND NOT p.is_removed
"""  # noqa: S608 - pieces of our own


class Catalogue:
    """Reading side; ``db`` is a connection of ``open_reader``, used by one thread only.

    ``now`` says which day it is for prices and discounts.
    """

    def __init__(self, db: sqlite3.Connection, now: Callable[[], datetime] = local_now) -> None:
        self.db = db
        self._now = now
        self._execute = db.cursor().execute

    def find(self, code: str) -> list[Article]:
        """Articles with exactly this PLU or barcode; several when the code is ambiguous."""
        found = [_article(row) for row in self._execute(_BY_CODE, (self.today(), code))]
        if len(found) > 1:
            found.sort(key=lambda article: (article.name, article.id))
        return found

    def article(self, product_id: str) -> Article | None:
        """The article of a product that can be sold now."""
        row = self._execute(_BY_ID, (self.today(), product_id)).fetchone()
        return row and _article(row)

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """Articles of the local product numbers that an index of ours gave, in the same order."""
        rows = self._execute(_BY_NO, (self.today(), as_json(numbers)))
        found = {row[0]: _article(row[1:]) for row in rows}
        return [found[number] for number in numbers if number in found]

    def today(self) -> str:
        """The day as the office writes it."""
        return self._now().date().isoformat()

    def settings(self) -> Settings:
        """How this till behaves; the defaults before the first synchronisation."""
        return self._first(Settings, "settings") or Settings(id="settings")

    def shop(self) -> Shop | None:
        """Company and shop, once the back office told."""
        return self._first(Shop, "shop")

    def rates(self) -> dict[str, int]:
        """Rate in basis points of each VAT letter."""
        return dict(self._execute("SELECT id, rate_bp FROM vat_rate WHERE NOT is_removed"))

    def payment_methods(self) -> list[PaymentMethod]:
        """Active ways to pay, in the order of the shop."""
        rest = "WHERE is_active AND NOT is_removed ORDER BY position, name, id"
        return self._rows(PaymentMethod, "payment_methods", rest)

    def currencies(self) -> list[Currency]:
        """Active foreign currencies."""
        return self._rows(Currency, "currencies", "WHERE is_active AND NOT is_removed ORDER BY id")

    def discounts(self) -> list[Discount]:
        """Discounts and mark-ups that may be given today."""
        rest = (
            "WHERE is_active AND NOT is_removed AND ? BETWEEN valid_from"
            " AND coalesce(nullif(valid_to, ''), '9999-12-31') ORDER BY name, id"
        )
        return self._rows(Discount, "discounts", rest, self.today())

    def stock(self, product_id: str) -> Stock | None:
        """How much of a product the shop had, and when; None when the office never told."""
        rows = self._rows(Stock, "stock", "WHERE id = ? AND NOT is_removed", product_id)
        return next(iter(rows), None)

    def user(self, identifier: str) -> User | None:
        """The active user who types ``identifier``."""
        rest = "WHERE identifier = ? AND is_active AND NOT is_removed ORDER BY id LIMIT 1"
        return next(iter(self._rows(User, "users", rest, identifier)), None)

    def user_by_id(self, user_id: str) -> User | None:
        """Any user ever known: documents of the past name those who left, too."""
        return next(iter(self._rows(User, "users", "WHERE id = ?", user_id)), None)

    def receipt_language(self) -> str:
        """What the till's own papers speak; empty is the language of the screen."""
        return self.settings().receipt_language

    def has_pins(self) -> bool:
        """Whether anybody who may log in has a PIN."""
        sql = "SELECT 1 FROM user WHERE is_active AND NOT is_removed AND pin_hash <> '' LIMIT 1"
        return self._execute(sql).fetchone() is not None

    def role(self, role_id: str) -> Role | None:
        """A role that is in force."""
        rows = self._rows(Role, "roles", "WHERE id = ? AND NOT is_removed", role_id)
        return next(iter(rows), None)

    def revision(self, set_name: str) -> int:
        """Revision up to which a data set is here; 0 before its first page."""
        sql = "SELECT revision FROM data_set WHERE name = ?"
        row = self._execute(sql, (set_name,)).fetchone()
        return row[0] if row else 0

    def revisions(self) -> dict[str, int]:
        """Revision of each data set that is here."""
        return dict(self._execute("SELECT name, revision FROM data_set"))

    def counts(self) -> dict[str, int]:
        """Number of rows of each data set that the office has not removed."""
        here = dict(self._execute("SELECT name, rows FROM data_set"))
        return {name: here.get(name, 0) for name in TABLES}

    def _first(self, row: type[Row], set_name: str) -> Row | None:
        rows = self._rows(row, set_name, "WHERE NOT is_removed ORDER BY id LIMIT 1")
        return next(iter(rows), None)

    def _rows(self, row: type[Row], set_name: str, rest: str, *params: str) -> list[Row]:
        table = TABLES[set_name]
        found = self._execute(f"{table.select} {rest}", params).fetchall()
        return [table.from_columns(row, values) for values in found]


def _article(row: Sequence[Any]) -> Article:
    fields = list(row)
    fields[10:12] = map(bool, row[10:12])
    return Article(*fields)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page did: rows added, changed, removed here, and refused."""

    added: int
    changed: int
    removed: int
    refused: int


_ADVANCE = """
    INSERT INTO data_set (name, revision, rows, applied_at)
    VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ON CONFLICT (name) DO UPDATE SET
        revision = excluded.revision, rows = rows + excluded.rows, applied_at = excluded.applied_at
"""


def apply(
    db: sqlite3.Connection,
    name: str,
    to: int,
    rows: Iterable[Struct],
    removed: Collection[str] = (),
    refused: Collection[tuple[str, str, str]] = (),
) -> Applied:
    """Take one page of the data set ``name`` up to revision ``to``: all of it, or nothing.

    ``refused`` are (id, reason, body) of rows that were not understood: they are kept to be shown,
    and the last good version of the row stays. Removed rows stay too, but nobody finds them. Raises
    ``sqlite3.Error`` when the disk refuses, and then nothing has changed.
    """
    table = TABLES[name]
    with write(db):
        fresh = {values[0]: values for values in map(table.to_columns, rows)}
        known = {row[0]: row for row in db.execute(table.living, (as_json([*fresh]),))}
        written = [values for row_id, values in fresh.items() if known.get(row_id) != values]
        touched = Touched(db, name, [*(values[0] for values in written), *removed])
        db.executemany(table.upsert, written)
        gone = max(0, db.executemany(table.remove, [(row_id,) for row_id in removed]).rowcount)
        touched.update()
        _note_refused(db, name, [*fresh, *removed], refused)
        added = len(fresh.keys() - known.keys())
        db.execute(_ADVANCE, (name, to, added - gone))
    return Applied(added, len(written) - added, gone, len(refused))


def _note_refused(
    db: sqlite3.Connection,
    name: str,
    settled: Sequence[str],
    refused: Collection[tuple[str, str, str]],
) -> None:
    db.execute(
        "DELETE FROM refused WHERE set_name = ? AND row_id IN (SELECT value FROM json_each(?))",
        (name, as_json(settled)),
    )
    db.executemany(
        "INSERT OR REPLACE INTO refused (set_name, row_id, reason, body, at)"
        " VALUES (?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
        [(name, *row) for row in refused],
    )
