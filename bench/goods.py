"""The data of the benchmarks: receipts of five lines or more, products by the million. Seeded."""

from __future__ import annotations

import random
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from bench.measure import SEED
from terminal.context import local_now, new_rid
from terminal.sale import verbs as sale
from terminal.sale.money import QTY_ONE
from terminal.sale.receipt import Payment, Receipt
from terminal.sale.tender import pay
from terminal.store import catalogue
from terminal.store.catalogue import Article
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Product, Unit, VatRate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = 5
_PAGE_ROWS = 20_000
_FIRST = "Mleko Chleb Ser Masło Jogurt Kefir Sok Woda Kawa Herbata Makaron Ryż Mąka Cukier Olej"
_SECOND = "Łaciate Wiejskie Pszenne Żytnie Pełne Lekkie Górskie Domowe Świeże Złote Polskie Dobre"
_THIRD = "Mlekovita Pątnica Zaczarowane Źródło Słoneczko Pod Lipą Babuni Śnieżka Tęcza Róża Dąb"


@cache
def articles() -> list[Article]:
    """Five articles of three rates."""
    dice = random.Random(SEED)
    return [
        Article(
            id=str(no),
            plu=str(no),
            barcode=barcode(no),
            name=name(dice),
            unit="szt.",
            precision=0,
            vat=vat,
            rate_bp=rate_bp,
            price_gr=dice.randrange(199, 9999),
            category="",
            is_weighed=False,
            is_open_price=False,
        )
        for no, (vat, rate_bp) in enumerate(
            [("A", 2300), ("B", 800), ("C", 500), ("A", 2300), ("C", 500)], start=1
        )
    ]


def steps() -> Iterator[Receipt]:
    """A receipt after each line and after its payment."""
    one = Receipt(new_rid(), local_now().isoformat(timespec="milliseconds"), "2", "Marek")
    for article in articles():
        one = sale.add(one, article, QTY_ONE, article.price_gr, article.rate_bp)
        yield one
    yield pay(one, Payment("gotowka", "Gotówka", "cash", one.total_gr))


def receipt(lines: int = LINES) -> Receipt:
    """The receipt when it is paid; of more lines when the same articles come again."""
    *_, open_one, paid = steps()
    if lines == LINES:
        return paid
    for no in range(lines - LINES):
        article = articles()[no % LINES]
        open_one = sale.add(open_one, article, QTY_ONE, article.price_gr, article.rate_bp)
    return pay(open_one, Payment("gotowka", "Gotówka", "cash", open_one.total_gr))


def name(dice: random.Random) -> str:
    """A product's name."""
    words = [dice.choice(words.split()) for words in (_FIRST, _SECOND, _THIRD)]
    return f"{' '.join(words)} {dice.randrange(1, 1000)} g"


def barcode(no: int) -> str:
    """The EAN-13 of product ``no``."""
    body = f"590{no:09d}"
    odd, even = sum(map(int, body[::2])), sum(map(int, body[1::2]))
    return f"{body}{-(odd + 3 * even) % 10}"


def product(no: int, dice: random.Random) -> Product:
    """Product ``no``; two of one name are of one rate, as a printer wants it."""
    named = name(dice)
    return Product(
        id=f"p{no}",
        name=named,
        vat="AB"[len(named) % 2],
        price_gr=dice.randrange(99, 99_999),
        unit="szt",
        plu=str(100_000 + no),
        barcodes=[barcode(1_000_000 + no)],
    )


def fill(path: Path, count: int) -> None:
    """Add ``count`` products to a catalogue, page by page, as synchronisation does."""
    dice = random.Random(SEED)
    units = [Unit(id="szt", name="szt.")]
    rates = [VatRate(id="A", rate_bp=2300), VatRate(id="B", rate_bp=800)]
    with closing(_Open(path)) as opened:
        catalogue.apply(opened.db, "units", 1, units)
        catalogue.apply(opened.db, "vat_rates", 1, rates)
        for start in range(0, count, _PAGE_ROWS):
            page = [product(no, dice) for no in range(start, min(start + _PAGE_ROWS, count))]
            catalogue.apply(opened.db, "products", start + len(page), page)


class _Open:
    def __init__(self, path: Path) -> None:
        self.db = open_writer(path, "catalogue")

    def close(self) -> None:
        close_writer(self.db)
