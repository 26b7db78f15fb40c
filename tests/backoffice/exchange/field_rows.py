"""Rows as the documents of tills become them, and jobs that bring them to another program."""

from __future__ import annotations

from backoffice.exchange.objects import IMPORTS
from backoffice.jobs.work import FIRST, Job, NotNowError, Way
from backoffice.store import data_rows
from backoffice.store.company import MAIN as COMPANY
from backoffice.store.engine import writing
from terminal.sync import wire

SHOP = "lipa"
AT = "2026-03-01T12:00:00+01:00"
SHA = "ab" * 32


def customer(row_id, name="Ewa Lis", nip="", **more):
    return wire.Customer(row_id, name, nip, **more)


def product(row_id="16"):
    return wire.Product(row_id, "Mleko", "C", 349, "szt", plu=row_id)


def line(product="16", qty_milli=2000, price_gr=349, percent_bp=0):
    gross_gr = wire.gross_of(price_gr, qty_milli, percent_bp)
    return wire.SalesLine(product, "Mleko", "szt.", "C", qty_milli, price_gr, gross_gr, percent_bp)


def order(row_id, customer="k1", lines=None, kind="ZS", **more):
    lines = lines or [line()]
    total_gr = more.pop("total_gr", sum(it.gross_gr for it in lines))
    number = f"{kind}/{row_id}"
    return wire.SalesDocument(row_id, kind, number, customer, AT, total_gr, lines, **more)


def visit(row_id, customer="k1", **more):
    return wire.Visit(row_id, customer, AT, "Nowa oferta", **more)


def note(row_id, of="k1", about="customer", text="Woli rano"):
    return wire.Attachment(row_id, about, of, "note", AT, text=text)


def file(row_id, of="k1", about="customer", sha256=SHA, size=5):
    return wire.Attachment(row_id, about, of, "file", AT, "umowa.pdf", size, sha256)


NAMES = {
    wire.Customer: "customers",
    wire.Product: "products",
    wire.SalesDocument: "sales_documents",
    wire.Visit: "visits",
    wire.Attachment: "attachments",
}


def put(engine, *rows, shop=SHOP):
    with writing(engine) as database:
        for row in rows:
            name = NAMES[type(row)]
            data_rows.lock(database, name, shop)
            data_rows.store(database, name, shop, {row.id: wire.canonical(row)})


def job(*what, channel="main", is_whole=False, **options):
    what = what or IMPORTS
    return Job("j", COMPANY, Way.IMPORT, channel, "main", what, is_whole, "ola", options)


def run(office, work, asked, tries=1):
    """Do a job to its end, every step tried so often; all outcomes in turn."""
    cursor, outcomes = FIRST, []
    while cursor is not None:
        for left in reversed(range(tries)):
            try:
                fetched = work.fetch(office, asked, cursor)
                break
            except NotNowError:
                if not left:
                    raise
        with writing(office.engine) as database:
            step = work.apply(database, asked, cursor, fetched)
        outcomes += step.outcomes
        cursor = step.next
    return outcomes


def fates(outcomes):
    return {it.id: str(it.fate) for it in outcomes}
